namespace EventDrivenActors.TestKit.Recording;

/// <summary>
/// What one controller or pool has taken, and what was dispatched to it or by its handlers: the last events, and the
/// listeners of the next ones.
/// </summary>
internal sealed class EventJournal(IController owner, int capacity)
{
    private readonly Lock _gate = new();
    private readonly Queue<RecordedEvent> _last = [];
    private Action<RecordedEvent>[] _taken = [];
    private Action<RecordedEvent>[] _sent = [];

    public IController Owner => owner;

    /// <summary>How many events were taken.</summary>
    public int Count { get; private set; }

    public IReadOnlyList<RecordedEvent> Last
    {
        get
        {
            lock (_gate)
            {
                return [.. _last];
            }
        }
    }

    public void AddTaken(RecordedEvent taken)
    {
        lock (_gate)
        {
            if (_last.Count == capacity)
            {
                _last.Dequeue();
            }

            _last.Enqueue(taken);
            Count++;
            Array.ForEach(_taken, hear => hear(taken));
        }
    }

    /// <summary>Notes what a handler of this controller dispatched, to any controller.</summary>
    public void AddSent(RecordedEvent sent)
    {
        lock (_gate)
        {
            Array.ForEach(_sent, hear => hear(sent));
        }
    }

    /// <summary>Hears each event that is taken from now on, before its handlers, one at a time.</summary>
    public void OnTaken(Action<RecordedEvent> hear)
    {
        lock (_gate)
        {
            _taken = [.. _taken, hear];
        }
    }

    public void OnSent(Action<RecordedEvent> hear)
    {
        lock (_gate)
        {
            _sent = [.. _sent, hear];
        }
    }

    public override string ToString()
    {
        IReadOnlyList<RecordedEvent> last = Last;
        string state = $"'{owner.Name}' is {owner.State}{(owner.IsIdle ? " and idle" : "")}";
        return last.Count == 0
            ? $"{state}; it has taken no event."
            : string.Join(Environment.NewLine, [$"{state}; its last events:", .. last.Select(one => $"  {one}")]);
    }
}
