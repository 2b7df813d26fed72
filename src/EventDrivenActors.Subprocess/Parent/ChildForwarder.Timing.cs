using EventDrivenActors.Subprocess.Supervision;

namespace EventDrivenActors.Subprocess.Parent;

internal sealed partial class ChildForwarder
{
    /// <summary>How many children in a row were killed by a time-out before anything had ended in them.</summary>
    private int _coldKills;

    private TaskCompletionSource? _ready;

    public Task ControllerReadyAsync(CancellationToken cancellationToken) => Controller.ReadyAsync(cancellationToken);

    /// <summary>Completes when a child takes events.</summary>
    public Task ReadyAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return _roster.Active is not null
                ? Task.CompletedTask
                : (
                    _ready ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)
                ).Task.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Releases the waits for a child. Under the gate.</summary>
    private void TellReady()
    {
        if (_ready is not null && _roster.Active is not null)
        {
            _ready.TrySetResult();
            _ready = null;
        }
    }

    /// <summary>How long the handlers of a child's first events may take.</summary>
    private TimeSpan? LimitOfFirst(TimeSpan? limit) =>
        limit is null || _options.FirstEventTimeout is not { } first ? limit
        : TimeOption.Limit(first) is { } longer ? (longer > limit ? longer : limit)
        : null;

    /// <summary>The limit in the form that the child reads, where 0 means the one in its options.</summary>
    private long LimitOnTheWire(OutstandingCall call) =>
        call.Allowed?.Ticks ?? (TimeOption.Limit(_options.EventTimeout) is null ? 0 : Timeout.InfiniteTimeSpan.Ticks);
}
