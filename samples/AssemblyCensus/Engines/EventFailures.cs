using System.Text.Json;
using AssemblyCensus.Feeding;
using EventDrivenActors;

namespace AssemblyCensus.Engines;

/// <summary>Sorts and names failures, and knows the failure that each sabotage must cause.</summary>
internal static class EventFailures
{
    /// <summary>The kind of failure that the exception of an awaited event means.</summary>
    public static EventFailure Of(Exception exception) =>
        exception switch
        {
            ChildLostException { Started: false } or ControllerClosedException or OperationCanceledException =>
                EventFailure.NotRun,
            ChildLostException { ExitCode: not null } => EventFailure.ChildExited,
            ChildLostException => EventFailure.ChildCrashed,
            EventTimeoutException => EventFailure.TimedOut,
            PoisonedEventException => EventFailure.Poisoned,
            _ => EventFailure.HandlerFailed,
        };

    /// <summary>The same in words, on one line; a child's stack traces are left out.</summary>
    public static string Sentence(Exception exception) =>
        exception switch
        {
            RemoteHandlerException remote => $"{remote.RemoteType}: {remote.RemoteMessage}",
            ChildLostException { Started: not false, ExitCode: { } code } lost =>
                $"The child process {lost.ProcessId} exited with code {code}{LastWords(lost)}.",
            ChildLostException { Started: not false, Signal: { } signal } lost =>
                $"The child process {lost.ProcessId} was ended by signal {signal}{LastWords(lost)}.",
            _ => exception.Message,
        };

    /// <summary>The name in reports, such as "child-exited".</summary>
    public static string Name(this EventFailure failure) =>
        JsonNamingPolicy.KebabCaseLower.ConvertName(failure.ToString());

    public static EventFailure ExpectedOf(Sabotage sabotage) =>
        sabotage switch
        {
            Sabotage.Throws => EventFailure.HandlerFailed,
            Sabotage.Exits => EventFailure.ChildExited,
            Sabotage.Overflows => EventFailure.ChildCrashed,
            Sabotage.NeverReturns => EventFailure.TimedOut,
            _ => throw new ArgumentOutOfRangeException(
                nameof(sabotage),
                sabotage,
                $"The sabotage '{sabotage}' is not known; add it here."
            ),
        };

    // The lines of a stack trace are indented; the others say why the process ended.
    private static string LastWords(ChildLostException lost) =>
        lost.LastErrorLines.FirstOrDefault(line => line.Length > 0 && !char.IsWhiteSpace(line[0])) is { } words
            ? $", saying \"{words}\""
            : string.Empty;
}
