using System.Diagnostics;
using EventDrivenActors.Simulation.Notes;
using EventDrivenActors.Simulation.Programs;

namespace EventDrivenActors.Simulation.Worlds;

/// <summary>
/// The faults that a real child can bring about itself, at the nth event that it starts: each happens once in a run.
/// </summary>
internal static class RealFaults
{
    private static int _started;

    /// <summary>An event has started in this process.</summary>
    public static void Meet(Scene scene, int node)
    {
        if (scene.Folder is not { } folder)
        {
            return;
        }

        int nth = Interlocked.Increment(ref _started);
        for (int i = 0; i < scene.Program.Faults.Count; i++)
        {
            FaultSpec fault = scene.Program.Faults[i];
            if (
                fault.Node == node
                && fault.Nth == nth
                && IsDeath(fault.Kind)
                && IsFirst(Path.Combine(folder, $"fault-{i}"))
            )
            {
                scene.Add(NoteKind.ChildNews, node, $"child {Environment.ProcessId} dies by itself: {fault.Kind}");
                if (fault.Kind == "ExitBefore")
                {
                    Environment.Exit(fault.Amount & 0x7F);
                }

                Process.GetCurrentProcess().Kill();
            }
        }
    }

    private static bool IsDeath(string kind) =>
        kind.StartsWith("Die", StringComparison.Ordinal) || kind is "ExitBefore" or "LateAfterDeath" or "Forged";

    private static bool IsFirst(string file)
    {
        try
        {
            using FileStream made = new(file, FileMode.CreateNew);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }
}
