using EventDrivenActors.Subprocess.Launching;
using EventDrivenActors.Subprocess.Supervision;
using EventDrivenActors.Subprocess.Wire;

namespace EventDrivenActors.Subprocess.Forwarding;

/// <summary>What a child's failures are to the parent's callers.</summary>
internal static class ChildFailures
{
    public static EventOutcome Lost(string controller, OutstandingCall call, int? processId, ChildExit? exit, string? reason)
    {
        string started = call.Started ? "after its handler had started" : "and whether its handler had started is unknown";
        return EventOutcome.ChildLost(new ChildLostException(
            $"The event '{call.Key}' of the controller '{controller}' was lost {started}: {Describe(processId, exit, reason)}.")
        {
            ProcessId = processId,
            ExitCode = exit?.ExitCode,
            Signal = exit?.Signal,
            Started = call.Started ? true : null,
            LastErrorLines = exit?.LastErrorLines ?? [],
        });
    }

    public static EventOutcome Poisoned(string controller, OutstandingCall call, int? processId, ChildExit? exit) =>
        EventOutcome.Poisoned(new PoisonedEventException(
            $"The event '{call.Key}' of the controller '{controller}' was delivered {call.Attempt} times and its child process died each time; the last time {Describe(processId, exit, null)}.",
            call.Attempt));

    public static string Describe(int? processId, ChildExit? exit, string? reason)
    {
        string child = processId is null ? "the child process" : $"the child process '{processId}'";
        string why = reason is null ? "" : $" ({reason})";
        return exit is null ? $"{child} could not be started{why}" : $"{child} {exit}{why}";
    }

    public static RemoteHandlerException Remote(RemoteFailure failure, object key, int processId)
    {
        RemoteHandlerException[] inner = [.. failure.Inner.Select(one => Remote(one, key, processId))];
        return new RemoteHandlerException(
            $"The handler of '{key}' in the child process '{processId}' threw {failure.TypeName}: {failure.Message}", inner.FirstOrDefault())
        {
            RemoteType = failure.TypeName,
            RemoteMessage = failure.Message,
            RemoteStackTrace = failure.StackTrace,
            RemoteInnerExceptions = inner,
        };
    }
}
