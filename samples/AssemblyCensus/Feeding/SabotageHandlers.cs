using System.Diagnostics;
using System.Runtime.CompilerServices;
using AssemblyCensus.Reading;

namespace AssemblyCensus.Feeding;

/// <summary>Handlers that fail on purpose. Run them in a child process only.</summary>
internal static class SabotageHandlers
{
    /// <summary>The exit code of <see cref="Exit"/>.</summary>
    public const int ExitCode = 7;

    public static AssemblyFacts Throw(string place) =>
        throw new InvalidOperationException($"This handler throws on purpose ({place}).");

    public static AssemblyFacts Exit(string place)
    {
        Environment.Exit(ExitCode);
        throw new UnreachableException(place);
    }

    public static AssemblyFacts Overflow(string place)
    {
        int depth = Descend(1);
        throw new UnreachableException($"{place} came back from depth {depth}.");
    }

    public static AssemblyFacts NeverReturn(string place)
    {
        using ManualResetEventSlim never = new ManualResetEventSlim();
        never.Wait();
        throw new UnreachableException(place);
    }

    // The addition after the call keeps the compiler from turning the recursion into a loop.
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.NoOptimization)]
    private static int Descend(int depth) => Descend(depth + 1) + 1;
}
