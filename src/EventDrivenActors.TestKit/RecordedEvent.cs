using System.Globalization;

namespace EventDrivenActors.TestKit;

/// <summary>An event that a controller took, or that one of its handlers dispatched, as the kit recorded it.</summary>
public sealed class RecordedEvent
{
    private readonly DateTimeOffset _start;

    // Written by the turns of the controller; read by any thread.
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
    /// The controller that took the event, or that it was dispatched to. For an event that a pool took, the worker.
    /// </summary>
    public IController Controller { get; }

    /// <summary>The event's key; for a typed key, its name.</summary>
    public object Key { get; }

    /// <summary>The event's value.</summary>
    public object? Value { get; }

    /// <summary>The event's arguments.</summary>
    public IReadOnlyList<object?> Args { get; }

    /// <summary>When the event was taken or dispatched, on the clock of the kit.</summary>
    public DateTimeOffset At { get; }

    /// <summary>
    /// The controller whose handler dispatched the event; <see langword="null"/> for an event that was taken.
    /// </summary>
    public IController? From { get; internal init; }

    /// <summary>
    /// The key of the event whose handler dispatched this one; <see langword="null"/> for an event that was taken.
    /// </summary>
    public object? Cause { get; internal init; }

    /// <summary>The status of the event's pending; for a post, the status of its handlers.</summary>
    public PendingStatus Status => Pending?.Status ?? _end.Item1;

    /// <summary>The results of its handlers in this process, once they have ended.</summary>
    public IReadOnlyList<object?> Results => _end.Item2;

    /// <summary>The exception of a handler in this process, if one failed.</summary>
    public Exception? Exception => _end.Item3;

    /// <summary>The number of the event in the order in which the kit recorded all events.</summary>
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
