using EventDrivenActors.Subprocess.Launching;

namespace EventDrivenActors.Subprocess.Forwarding;

/// <summary>How a child ended, or why it never lived.</summary>
/// <param name="ProcessId">Its process; null when it was never connected.</param>
/// <param name="Exit">How the process ended, where that is known.</param>
/// <param name="Why">What made it end, where something did.</param>
/// <param name="MayRetry">Whether another child could fare better.</param>
internal sealed record ChildEnd(int? ProcessId, ChildExit? Exit, string? Why, bool MayRetry)
{
    public static ChildEnd Failed(int? processId, Exception reason) => new(
        processId, (reason as ChildStartException)?.Exit, reason.Message, (reason as ChildStartException)?.MayRetry != false && (reason as ChildSetupException)?.MayRetry != false);

    /// <summary>The end in words.</summary>
    public override string ToString()
    {
        string child = ProcessId is null ? "the child process" : $"the child process '{ProcessId}'";
        string why = Why is null ? "" : $" ({Why.TrimEnd('.')})";
        return Exit is null || ProcessId is null ? $"{child} could not be started{why}" : $"{child} {Exit}{why}";
    }
}
