using System.Globalization;

namespace EventDrivenActors.TestKit;

/// <summary>An event that a controller took, or one that was dispatched to it, as the kit saw it.</summary>
public sealed class RecordedEvent
{
    private readonly DateTimeOffset _start;
    private volatile Tuple<PendingStatus, IReadOnlyList<object?>, Exception?> _end = new(
        PendingStatus.Queued,
        [],
        null
    );

    internal RecordedEvent(
        long number,
        IController controller,
        object key,
        object? value,
        IReadOnlyList<object?> args,
        DateTimeOffset at,
        DateTimeOffset start
    )
    {
        Number = number;
        Controller = controller;
        Key = key;
        Value = value;
        Args = args;
        At = at;
        _start = start;
    }

    /// <summary>
    /// The controller that took the event, or that it was dispatched to; of a pool's events the worker, once one has
    /// taken it.
    /// </summary>
    public IController Controller { get; }

    /// <summary>The event's key; a typed key shows as its name.</summary>
    public object Key { get; }

    /// <summary>The event's value.</summary>
    public object? Value { get; }

    /// <summary>The event's arguments.</summary>
    public IReadOnlyList<object?> Args { get; }

    /// <summary>When it was taken or dispatched, on the clock of the kit.</summary>
    public DateTimeOffset At { get; }

    /// <summary>
    /// The controller whose handler dispatched it; <see langword="null"/> when it came from elsewhere, and for events
    /// that were taken.
    /// </summary>
    public IController? From { get; internal init; }

    /// <summary>The key of the event whose handler dispatched it, if a handler did.</summary>
    public object? Cause { get; internal init; }

    /// <summary>Its status: that of its pending, or for a post that of its handlers.</summary>
    public PendingStatus Status => Pending?.Status ?? _end.Item1;

    /// <summary>The results of its handlers in this process, once they have ended.</summary>
    public IReadOnlyList<object?> Results => _end.Item2;

    /// <summary>What a handler in this process threw, if one did.</summary>
    public Exception? Exception => _end.Item3;

    /// <summary>The order in which the kit has seen all events.</summary>
    internal long Number { get; }

    internal Pending? Pending { get; init; }

    /// <inheritdoc/>
    public override string ToString()
    {
        string value =
            Args.Count > 0 ? string.Join(", ", Args)
            : Value is null ? ""
            : $"{Value}";
        string from = From is null ? "" : $" from '{From.Name}' in '{Cause}'";
        string results = Results.Count == 0 ? "" : $" [{string.Join(", ", Results)}]";
        string failure = Exception is null ? "" : $" {Exception.GetType().Name}: {Exception.Message}";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{At - _start:c} {Controller.Name}: {Key}({value}){from} {Status}{results}{failure}"
        );
    }

    internal void Begin() => _end = new(PendingStatus.Running, [], null);

    internal void End(PendingStatus status, IReadOnlyList<object?> results, Exception? exception) =>
        _end = new(status, results, exception);
}
