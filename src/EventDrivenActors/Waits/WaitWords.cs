namespace EventDrivenActors.Waits;

/// <summary>The messages of a <see cref="SelfAwaitException"/>.</summary>
internal static class WaitWords
{
    /// <param name="handled">The event that waits.</param>
    /// <param name="wanted">The object of the wait.</param>
    /// <param name="chain">The events that must end first, and what each of them waits for.</param>
    public static SelfAwaitException Refused(
        INeed handled,
        INeed wanted,
        IEnumerable<(INeed Handled, INeed Wanted)> chain
    ) =>
        new(
            $"The handler of {handled} awaits {wanted.Description}{Told(chain)}, which can only come after the "
                + $"handler of {handled} has ended; dispatch it without awaiting, or move the awaiting out of the "
                + "handler."
        );

    /// <inheritdoc cref="Refused"/>
    public static SelfAwaitException Overdue(
        INeed handled,
        INeed wanted,
        IEnumerable<(INeed Handled, INeed Wanted)> chain
    ) =>
        new(
            $"The handler of {handled} has not ended, and for some five seconds its flow has awaited "
                + $"{wanted.Description}{Told(chain)}, which can only come after the handler of {handled} has ended. "
                + "If the handler blocks its thread on that, neither would ever go on: dispatch without awaiting, or "
                + "move the awaiting out of the handler. If it only takes long, start that work with the flow of "
                + "the execution context suppressed."
        );

    private static string Told(IEnumerable<(INeed Handled, INeed Wanted)> chain) =>
        string.Concat(
            chain.Select(next =>
                $", but first the handler of {next.Handled} must end, which awaits {next.Wanted.Description}"
            )
        );
}
