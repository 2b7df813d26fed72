using System.Diagnostics;

namespace EventDrivenActors.Chaos.Handlers;

/// <summary>Handlers that have a process of their own, which ignores SIGTERM.</summary>
internal static class Grandchildren
{
    /// <summary>Tells the parent by the event "busy" which processes there are, and never ends.</summary>
    public static async Task OccupyAsync(Session session)
    {
        using Process process = Process.Start("/bin/sh", ["-c", "trap '' TERM; while :; do sleep 1; done"]);
        session.Parent!.Dispatch("busy", args: [Environment.ProcessId, process.Id]);
        await new TaskCompletionSource().Task;
    }
}
