using EventDrivenActors.Waits;

namespace EventDrivenActors;

/// <summary>What a <see cref="SelfAwaitException"/> says.</summary>
internal static class WaitWords
{
    public static SelfAwaitException Refused(HandlerWait wait, IReadOnlyList<INeed> way) =>
        new(
            $"The handler of {wait.Frame} awaits {wait.Wanted.Description}{Chain(way)}, which can only come after the "
                + $"handler of {wait.Frame} has ended; dispatch it without awaiting, or move the awaiting out of the "
                + "handler."
        );

    public static SelfAwaitException Overdue(HandlerWait wait, IReadOnlyList<INeed> way) =>
        new(
            $"The handler of {wait.Frame} has not ended, and for some five seconds its flow has awaited "
                + $"{wait.Wanted.Description}{Chain(way)}, which can only come after the handler of {wait.Frame} has "
                + "ended. "
                + "If the handler blocks its thread on that, neither would ever go on: dispatch without awaiting, or "
                + "move the awaiting out of the handler. If it only takes long, start that work with the flow of "
                + "the execution context suppressed."
        );

    private static string Chain(IReadOnlyList<INeed> way) =>
        string.Concat(
            way.OfType<HandlerWait>()
                .Select(next =>
                    $", but first the handler of {next.Frame} must end, which awaits {next.Wanted.Description}"
                )
        );
}
