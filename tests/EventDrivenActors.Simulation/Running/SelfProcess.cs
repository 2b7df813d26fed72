using System.Diagnostics;
using System.Globalization;

namespace EventDrivenActors.Simulation.Running;

/// <summary>Starts this program once more.</summary>
internal static class SelfProcess
{
    // Hexadecimal; they win over the runtime configuration, which gives the simulated world its one thread. The
    // children of real programs inherit them.
    private const string MinThreads = "DOTNET_ThreadPool_ForceMinWorkerThreads";
    private const string MaxThreads = "DOTNET_ThreadPool_ForceMaxWorkerThreads";

    /// <summary>Whether the pool has many threads, as real programs need.</summary>
    public static bool HasPool
    {
        get
        {
            ThreadPool.GetMaxThreads(out int most, out _);
            return most > 1;
        }
    }

    public static Process Start(IEnumerable<string> arguments, bool isReal = false)
    {
        string[] command = Environment.GetCommandLineArgs();
        string host = Environment.ProcessPath!;
        bool isHost = Path.GetFileNameWithoutExtension(host) == "dotnet";
        ProcessStartInfo start = new(host, isHost ? [command[0], .. arguments] : arguments);
        if (isReal)
        {
            start.Environment[MinThreads] = Environment.ProcessorCount.ToString("X", CultureInfo.InvariantCulture);
            start.Environment[MaxThreads] = "7FFF";
        }

        return Process.Start(start) ?? throw new InvalidOperationException($"'{host}' does not start.");
    }
}
