using System.Runtime.CompilerServices;

namespace EventDrivenActors.Chaos.Crashes;

/// <summary>Fails as it is told. For children only.</summary>
internal static class Crash
{
    /// <summary>What a crash that waits to be killed writes.</summary>
    public const string Reached = "reached";

    private static readonly List<byte[]> Hoard = [];

    public static void Now(CrashKind kind)
    {
        switch (kind)
        {
            case CrashKind.ExitZero or CrashKind.ExitSeven:
                Environment.Exit(kind == CrashKind.ExitZero ? 0 : 7);
                break;
            case CrashKind.FailFast:
                Environment.FailFast("The child gives up on purpose.");
                break;
            case CrashKind.StackOverflow:
                Descend(0);
                break;
            case CrashKind.OutOfMemory:
                Fill();
                break;
            case CrashKind.Kill:
                Console.WriteLine(Reached);
                using (ManualResetEventSlim never = new())
                {
                    never.Wait();
                }

                break;
        }

        throw new InvalidOperationException("This code throws on purpose.");
    }

    /// <summary>Big pieces first, then small ones: what is left is too little for anything.</summary>
    private static void Fill()
    {
        for (int size = 1 << 20; size >= 1 << 10; size >>= 2)
        {
            try
            {
                while (true)
                {
                    Hoard.Add(GC.AllocateUninitializedArray<byte>(size));
                }
            }
            catch (OutOfMemoryException) when (size > 1 << 10)
            {
                // Smaller pieces still fit.
            }
        }
    }

    // The addition after the call keeps the compiler from turning the recursion into a loop.
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.NoOptimization)]
    private static int Descend(int depth) => Descend(depth + 1) + 1;
}
