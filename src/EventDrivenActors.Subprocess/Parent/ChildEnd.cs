using EventDrivenActors.Subprocess.Connecting;
using EventDrivenActors.Subprocess.Launching;

namespace EventDrivenActors.Subprocess.Parent;

/// <summary>How a child ended, or why it never lived.</summary>
/// <param name="Reason">Why, in a word.</param>
/// <param name="ProcessId">Its process; null when it was never connected.</param>
/// <param name="Exit">How the process ended, where that is known.</param>
/// <param name="Detail">The cause in more words, where there is one.</param>
internal sealed record ChildEnd(ExitReason Reason, int? ProcessId, ChildExit? Exit, string? Detail)
{
    /// <summary>Whether another child could succeed.</summary>
    public bool MayRetry { get; private init; } = true;

    /// <summary>The end of a child that was connected.</summary>
    /// <param name="processId">Its process.</param>
    /// <param name="exit">How that ended.</param>
    /// <param name="wasReady">Whether it had been set up: what is missing after that costs an event, not the start of
    /// the next child.</param>
    public static ChildEnd Of(int processId, ChildExit exit, bool wasReady) =>
        new(exit.Signal is null ? ExitReason.Exited : ExitReason.Signalled, processId, exit, null)
        {
            MayRetry = wasReady || MissingParts.Of(exit) is null,
        };

    public static ChildEnd Failed(int? processId, Exception failure)
    {
        ChildStartException? start = failure as ChildStartException;
        ChildSetupException? setup = failure as ChildSetupException;
        bool refused =
            failure is LinkRefusedException { IsByStranger: false } || start?.Exit?.ExitCode == ChildExit.Refused;
        return new ChildEnd(
            refused ? ExitReason.Refused : setup?.Reason ?? ExitReason.StartFailed,
            processId,
            start?.Exit,
            failure.Message
        )
        {
            MayRetry = !refused && start?.MayRetry != false && setup?.MayRetry != false,
        };
    }

    /// <summary>The end in words.</summary>
    public override string ToString()
    {
        string child = ProcessId is null ? "the child process" : $"the child process '{ProcessId}'";
        string[] said = [.. new[] { Spoken, Detail?.TrimEnd('.') }.OfType<string>()];
        string why = said.Length == 0 ? "" : $" ({string.Join("; ", said)})";
        return Exit is null || ProcessId is null ? $"{child} could not be started{why}" : $"{child} {Exit}{why}";
    }

    private string? Spoken =>
        Reason switch
        {
            ExitReason.Killed => "SubprocessAdapter.Kill was called",
            ExitReason.KilledOnTimeout => "a handler ignored its time-out, so it was killed",
            ExitReason.Unresponsive => "it had been silent for too long, so it was taken for frozen and killed",
            ExitReason.HardMemoryLimit => "it took more memory than the hard limit, so it was killed",
            ExitReason.RecycledByEvents or ExitReason.RecycledByAge or ExitReason.RecycledByMemory =>
                "it was replaced as planned",
            ExitReason.Stopped => "its controller stopped",
            _ => null,
        };
}
