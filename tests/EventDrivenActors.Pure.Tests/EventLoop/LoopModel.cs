namespace EventDrivenActors.Pure.Tests.EventLoop;

/// <summary>
/// What a loop must do, as plain lists: the reference of the model tests. Facets: Draining, Lifecycle.
/// </summary>
internal sealed partial class LoopModel(LoopShape shape)
{
    public const int ShutdownId = 0;
    private readonly List<ModelSlot> _queue = [];
    private readonly Queue<int> _errors = new();
    private readonly List<ScriptedEvent> _deferred = [];
    private long _added;

    /// <summary>The ids of the events that were taken, in order; negative for the error event of an event.</summary>
    public List<int> Started { get; } = [];

    /// <summary>Events whose caller waits for room, in order.</summary>
    public List<ScriptedEvent> Waiting { get; } = [];

    public IReadOnlyList<ScriptedEvent> Deferred => _deferred;

    public ScriptedEvent? Running { get; private set; }

    public PendingStatus? RunningOutcome { get; private set; }

    public int Reported { get; private set; }

    public bool IsIdle => State == ControllerState.Stopped || IsEmptyHanded;

    private bool IsEmptyHanded =>
        !_queue.Exists(slot => !slot.Cleaned) && _errors.Count == 0 && Running is null && _deferred.Count == 0;

    /// <summary>Whether a drain would do something now.</summary>
    public bool HasWork =>
        RunningOutcome is not null
        || (
            InRun
            && Running is null
            && (MayEnd || (!Suspended && (Count > 0 || _errors.Count > 0 || _operation is { Announce: true })))
        );

    private int Count => _queue.Count(slot => !slot.Cleaned);

    /// <summary>Offers an event.</summary>
    /// <returns>The type of the exception that the caller must get.</returns>
    public Type? Accept(ScriptedEvent scripted)
    {
        if (!IsOpen)
        {
            return typeof(ControllerClosedException);
        }

        if (Count >= shape.Capacity)
        {
            switch (shape.FullMode)
            {
                case QueueFullMode.Wait:
                    return typeof(QueueFullException);
                case QueueFullMode.DropNewest:
                    scripted.Expected = PendingStatus.Cancelled;
                    return null;
                default:
                    Settle(_queue[0].Event, PendingStatus.Queued, PendingStatus.Cancelled);
                    _queue.RemoveAt(0);
                    break;
            }
        }

        Append(scripted);
        return null;
    }

    public Type? AcceptMany(IReadOnlyList<ScriptedEvent> posts)
    {
        if (posts.Count == 0)
        {
            return null;
        }

        if (!IsOpen || (shape.FullMode == QueueFullMode.Wait && Count + posts.Count > shape.Capacity))
        {
            return IsOpen ? typeof(QueueFullException) : typeof(ControllerClosedException);
        }

        foreach (ScriptedEvent post in posts)
        {
            _ = Accept(post);
        }

        return null;
    }

    /// <summary>Cancels one event.</summary>
    /// <returns>Whether it was still open.</returns>
    public bool Cancel(ScriptedEvent scripted)
    {
        if (Settle(scripted, PendingStatus.Queued, PendingStatus.Cancelled))
        {
            if (shape.Capacity is not null && _queue.RemoveAll(slot => slot.Event == scripted) > 0)
            {
                Admit();
            }

            return true;
        }

        scripted.TokenFires |= scripted.Expected == PendingStatus.Running;
        return scripted.Expected == PendingStatus.Running;
    }

    public int Clean() => SettleQueued(PendingStatus.Cancelled);

    /// <summary>The number of the newest queued event, and whether all up to a number have left.</summary>
    public long Newest => _added;

    public bool HaveLeft(long newest) => !_queue.Exists(slot => !slot.Cleaned && slot.Number <= newest);

    public bool SettleDeferred(ScriptedEvent scripted, PendingStatus outcome)
    {
        if (!_deferred.Remove(scripted) || !Settle(scripted, PendingStatus.Running, outcome))
        {
            return false;
        }

        if (outcome == PendingStatus.Faulted)
        {
            RaiseError(scripted);
        }

        return true;
    }

    private static bool Settle(ScriptedEvent scripted, PendingStatus from, PendingStatus outcome)
    {
        if (scripted.Expected != from)
        {
            return false;
        }

        scripted.Expected = outcome;
        return true;
    }

    private void Append(ScriptedEvent scripted) => _queue.Add(new ModelSlot(scripted, ++_added));

    private void Admit()
    {
        while (IsOpen && Waiting.Count > 0 && Count < shape.Capacity)
        {
            Waiting[0].Admitted = true;
            if (Waiting[0].Expected == PendingStatus.Queued)
            {
                Append(Waiting[0]);
            }

            Waiting.RemoveAt(0);
        }
    }

    private int SettleQueued(PendingStatus outcome)
    {
        int settled = 0;
        foreach (ModelSlot slot in _queue)
        {
            settled += !slot.Cleaned && Settle(slot.Event, PendingStatus.Queued, outcome) ? 1 : 0;
            slot.Cleaned = true;
        }

        if (shape.Capacity is not null)
        {
            _queue.Clear();
        }

        Admit();
        return settled;
    }

    private void RaiseError(ScriptedEvent scripted)
    {
        if (shape.Hooked)
        {
            _errors.Enqueue(scripted.Id);
        }
        else if (scripted.IsPost)
        {
            Reported++;
        }
    }
}
