using EventDrivenActors.Diagnostics;
using EventDrivenActors.Wire.Calls;
using EventDrivenActors.Wire.Payloads;
using EventDrivenActors.Wire.Protocol;

namespace EventDrivenActors.Subprocess.Parent;

/// <summary>Turns the failures of a child into outcomes and exceptions for the parent's callers.</summary>
internal static class CallFailures
{
    public static EventOutcome Lost(string controller, OutstandingCall call, ChildEnd end)
    {
        string started = call.Ran switch
        {
            true => "after it had started",
            false => "before it had started",
            null => "and whether it had started is unknown",
        };
        (string what, string remedy) =
            call is RemoteCall
                ? ("call", " The object died with it; create it anew with CreateRemoteAsync.")
                : ("event", "");
        return EventOutcome.ChildLost(
            Exception(
                $"The {what} '{call.Key}' of the controller '{controller}' was lost {started}: {end}.{remedy}",
                end,
                call.Ran
            )
        );
    }

    public static EventOutcome Poisoned(string controller, OutstandingCall call, ChildEnd end) =>
        EventOutcome.Poisoned(
            new PoisonedEventException(
                $"The event '{call.Key}' of the controller '{controller}' was delivered {call.Attempt} times and its "
                    + $"child process died each time; the last time {end}.",
                call.Attempt
            )
        );

    public static EventOutcome TimedOut(string controller, OutstandingCall call) =>
        EventOutcome.TimedOut(
            new EventTimeoutException(
                $"{(call is RemoteCall ? "The call" : "The handlers of the event")} '{call.Key}' of the controller "
                    + $"'{controller}' took longer than {call.Allowed} in the child process."
            )
        );

    /// <summary>The results of a call came back and could not be read.</summary>
    public static EventOutcome Unreadable(string controller, OutstandingCall call, string reason, Exception? cause) =>
        EventOutcome.Faulted(
            new PayloadRefusedException(
                $"The results of the event '{call.Key}' of the controller '{controller}' came back from the "
                    + $"child process and could not be read: {reason}",
                cause
            )
        );

    public static ChildLostException ObjectLost(string controller, string name, ChildEnd end) =>
        Exception(
            $"The remote object '{name}' of the controller '{controller}' died with its child: {end}. Create it anew "
                + "with CreateRemoteAsync.",
            end,
            started: false
        );

    public static ChildLostException GivenUp(string controller, ChildEnd end) =>
        Exception(
            $"The child process of the controller '{controller}' is not started again: the last time, {end}. Mend the "
                + "cause and call Run.",
            end,
            started: false
        );

    /// <summary>The message for an event that was never sent.</summary>
    public static ChildLostException GivenUp(string controller, ChildEnd end, object key) =>
        Exception(
            $"'{key}' was lost before it was sent, for the child process of the controller '{controller}' is not "
                + $"started again: the last time, {end}. Mend the cause and call Run.",
            end,
            started: false
        );

    /// <summary>The message for an event that waited to be sent, for the first time or again.</summary>
    public static ChildLostException GivenUp(string controller, ChildEnd end, OutstandingCall call) =>
        call.Ran == false
            ? GivenUp(controller, end, call.Key)
            : Exception(
                $"'{call.Key}' was lost before it was sent again, for the child process of the controller "
                    + $"'{controller}' is not started again: the last time, {end}. Mend the cause and call Run.",
                end,
                call.Ran
            );

    public static RemoteHandlerException Remote(RemoteFailure failure, object key, int processId, bool isUnread = false)
    {
        bool isArguments = failure.TypeName == typeof(ArgumentsException).FullName;
        RemoteHandlerException[] inner =
        [
            .. failure.Inner.Select(one => Remote(one, key, processId, isUnread || isArguments)),
        ];
        string said =
            failure.TypeName == typeof(ResultException).FullName
                ? $"The result of '{key}' cannot cross: {failure.Message}"
            : isArguments
                ? $"The arguments of '{key}' could not be read in the child process '{processId}', so its handler did "
                    + $"not run: {failure.Message}"
            : isUnread
                ? $"Reading the arguments of '{key}' in the child process '{processId}' threw {failure.TypeName}: "
                    + $"{failure.Message}"
            : $"The handler of '{key}' in the child process '{processId}' threw {failure.TypeName}: {failure.Message}";
        return new RemoteHandlerException(said, inner.FirstOrDefault())
        {
            RemoteType = failure.TypeName,
            RemoteMessage = failure.Message,
            RemoteStackTrace = failure.StackTrace,
            RemoteInnerExceptions = inner,
        };
    }

    /// <summary>The cause of a child's log event, escaped like its text.</summary>
    public static RemoteHandlerException Logged(RemoteFailure failure, int processId)
    {
        string type = PlainText.Escape(failure.TypeName);
        string message = PlainText.Escape(failure.Message);
        return new RemoteHandlerException($"The child process '{processId}' logged {type}: {message}")
        {
            RemoteType = type,
            RemoteMessage = message,
            RemoteStackTrace = failure.StackTrace is null ? null : PlainText.EscapeLines(failure.StackTrace),
        };
    }

    private static ChildLostException Exception(string message, ChildEnd end, bool? started) =>
        new(message)
        {
            Reason = end.Reason,
            ProcessId = end.ProcessId,
            ExitCode = end.Exit?.ExitCode,
            Signal = end.Exit?.Signal,
            Started = started,
            LastErrorLines = end.Exit?.LastErrorLines ?? [],
        };
}
