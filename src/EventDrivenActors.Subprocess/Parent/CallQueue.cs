using EventDrivenActors.Subprocess.Supervision;
using EventDrivenActors.Wire.Calls;
using EventDrivenActors.Wire.Protocol;

namespace EventDrivenActors.Subprocess.Parent;

/// <summary>
/// The calls of one controller that have not ended: it sends them to the children that take calls, and the loop waits
/// here for room while too many are open.
/// </summary>
/// <remarks>
/// It shares its gate with the supervisor: whether a call may be sent depends on what the roster knows of the child,
/// and what the roster does depends on the calls. Two locks would be taken in both orders.
/// </remarks>
internal sealed class CallQueue : IIdleSource
{
    private const int DefaultMaxInFlight = 1000;
    private readonly Lock _gate;
    private readonly ParentOptions _options;
    private readonly IAdapterContext _context;
    private readonly ChildRoster _roster;
    private readonly SupervisedChildren _children;
    private readonly Suspension _suspension;

    // Under _gate.
    private readonly OutstandingTable _table;
    private TaskCompletionSource? _room;
    private int _maxInFlight;
    private long _lastId;

    // Any thread, by interlocked operations.
    private int _raisedWaiting;

    public CallQueue(
        Lock gate,
        ParentOptions options,
        IAdapterContext context,
        ChildRoster roster,
        SupervisedChildren children,
        Suspension suspension
    )
    {
        _gate = gate;
        _options = options;
        _context = context;
        _roster = roster;
        _children = children;
        _suspension = suspension;
        _table = new OutstandingTable(options.MaxAttempts);
    }

    /// <inheritdoc/>
    public event Action? BecameIdle;

    /// <summary>
    /// Whether the children have nothing, also no handler that runs on past its time-out, and nothing that they raised
    /// waits for room in the controller's queue.
    /// </summary>
    public bool IsIdle
    {
        get
        {
            lock (_gate)
            {
                return _table.Count == 0 && Volatile.Read(ref _raisedWaiting) == 0;
            }
        }
    }

    /// <summary>The most calls that a child is sent at a time.</summary>
    public int MaxInFlight => _maxInFlight;

    /// <summary>Under the gate.</summary>
    public bool IsEmpty => _table.Count == 0;

    /// <summary>Whether some calls must be delivered alone. Under the gate.</summary>
    public bool HasSuspects => _table.HasSuspects;

    /// <summary>One call beyond those in flight waits here, and the loop with it. Under the gate.</summary>
    private bool HasRoom => _table.Count <= _maxInFlight;

    /// <summary>A run is about to begin. Under the gate.</summary>
    public void Reset() =>
        _maxInFlight =
            _options.MaxInFlight
            ?? (_context.Controller.Pool is null ? DefaultMaxInFlight : 2 * _options.Rules.Workers);

    /// <summary>Under the gate.</summary>
    public long NextId() => ++_lastId;

    /// <summary>Under the gate; the call is sent by the next <see cref="Pump()"/>.</summary>
    public void Add(OutstandingCall call) => _table.Add(call);

    /// <summary>Removes a call that has not been sent. Under the gate.</summary>
    public bool TryWithdraw(OutstandingCall call) => _table.TryWithdraw(call);

    /// <summary>Removes a call whose handler has ended in a child. Under the gate.</summary>
    public bool TryEnd(SupervisedChild child, long id) => _table.TryEnd(child.Member.Calls, id, out _);

    /// <summary>Takes what waits for any child. Under the gate.</summary>
    public IReadOnlyList<OutstandingCall> TakeWaiting() => _table.TakeWaiting();

    /// <summary>Takes what waits for one child, save what removes an object. Under the gate.</summary>
    public OutstandingCall[] TakeBound(SupervisedChild child) =>
        _table.TakeBound(child.Member.Calls, removals: false);

    /// <summary>Takes all that a child has. Under the gate.</summary>
    public IReadOnlyList<OutstandingCall> TakeHeld(SupervisedChild child) => _table.TakeHeld(child.Member.Calls);

    /// <summary>A child has died; what may be delivered again waits again. Under the gate.</summary>
    public LostCalls ChildDied(SupervisedChild child) => _table.HolderDied(child.Member.Calls, child.Starts);

    /// <summary>When the next call may be sent to a child that must not be sent now. Under the gate.</summary>
    public TimeSpan? HeldBackUntil(SupervisedChild child, TimeSpan now) =>
        _table.HeldBackUntil(child.Member.Calls, now, takesNew: child.Member.Role == ChildRole.Active);

    /// <summary>Sends waiting calls, while there is a child that takes them. Under the gate.</summary>
    /// <returns>Whether anything was sent.</returns>
    public bool Pump()
    {
        bool sent = false;
        TimeSpan now = _table.HasSuspects ? _context.TimeProvider.GetElapsedTime(0) : default;
        foreach (SupervisedChild child in _children)
        {
            sent |= child.Member.IsUp && Pump(child, now);
        }

        return sent;
    }

    /// <summary>Completes when there is room for the loop's next call; null when there is. Under the gate.</summary>
    public Task? WaitForRoom() => HasRoom ? null : (_room ??= new TaskCompletionSource()).Task;

    /// <summary>Lets the loop go on if there is room, on another thread. Under the gate.</summary>
    public void MakeRoom()
    {
        if (TakeRoom() is { } room)
        {
            ThreadPool.UnsafeQueueUserWorkItem(static room => room.SetResult(), room, preferLocal: false);
        }
    }

    /// <summary>
    /// Under the gate. The wait of the loop, if there is room; complete it without the gate, because the loop continues
    /// on the completing thread.
    /// </summary>
    public TaskCompletionSource? TakeRoom() =>
        _room is not null && HasRoom ? Interlocked.Exchange(ref _room, null) : null;

    /// <summary>Gives the caller of a call its outcome.</summary>
    /// <param name="call">The call.</param>
    /// <param name="outcome">How it has ended.</param>
    /// <param name="late">Whether it had timed out here, so that what its child says of it comes too late.</param>
    public void Settle(OutstandingCall call, EventOutcome outcome, bool late = false)
    {
        if (!late)
        {
            call.Settle(outcome);
        }

        if (late || call is RemoteCall)
        {
            // No deferred event says so to the loop.
            BecameIdle?.Invoke();
        }
    }

    /// <summary>Calls have ended, perhaps the last ones.</summary>
    public void CheckIdle() => BecameIdle?.Invoke();

    /// <summary>
    /// One more event that a child has raised waits for room in the controller's queue (1), or one less (-1).
    /// </summary>
    public void OnRaisedWaits(int change)
    {
        if (Interlocked.Add(ref _raisedWaiting, change) == 0)
        {
            BecameIdle?.Invoke();
        }
    }

    /// <summary>Under the gate.</summary>
    private bool Pump(SupervisedChild child, TimeSpan now)
    {
        bool sent = false;
        HeldCalls calls = child.Member.Calls;
        while (
            !_suspension.IsOn
            && _roster.IsRunning
            && calls.Count < _maxInFlight
            && _table.TrySend(calls, now, out OutstandingCall call, TakesNew(child))
        )
        {
            sent = true;
            call.Allowed = call.Number <= _options.Rules.Workers ? LimitOfFirst(call.Limit) : call.Limit;
            if (call is RemoteCall remote)
            {
                child.Send(call, MessageOf(remote, child));
            }
            else
            {
                child.Send(call, LimitOnTheWire(call));
            }
        }

        return sent;
    }

    /// <summary>
    /// Under the gate. A call that is bound to a child goes there as long as the child is up. Other calls go only to
    /// the active child, and not while it may be killed for a time-out.
    /// </summary>
    private bool TakesNew(SupervisedChild child) =>
        child.Member.Role == ChildRole.Active && !child.Member.Pause.ByLadder && _roster.MayTake;

    /// <summary>Under the gate.</summary>
    private WireMessage.ObjectCall MessageOf(RemoteCall call, SupervisedChild child)
    {
        if (call.Makes)
        {
            call.Child = child;
            child.Member.Objects++;
        }

        return new WireMessage.ObjectCall(
            call.Id,
            call.ObjectId,
            call.Token,
            call.Payload,
            LimitOnTheWire(call),
            call.Slot
        );
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
