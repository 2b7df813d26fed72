namespace EventDrivenActors.TestKit.Recording;

/// <summary>
/// Keeps the last events that a controller or pool has taken. Passes each event that it takes, and each that its
/// handlers dispatch, to the listeners.
/// </summary>
internal sealed class EventJournal(IController owner, int capacity)
{
    private readonly Lock _gate = new();

    // Under _gate.
    private readonly Queue<RecordedEvent> _last = [];
    private Action<RecordedEvent>[] _taken = [];
    private Action<RecordedEvent>[] _sent = [];

    public IController Owner => owner;

    /// <summary>The number of events taken.</summary>
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

    /// <summary>Passes on an event that a handler of this controller has dispatched, to any controller.</summary>
    public void AddSent(RecordedEvent sent)
    {
        lock (_gate)
        {
            Array.ForEach(_sent, hear => hear(sent));
        }
    }

    /// <summary>
    /// Adds a listener of each event taken from now on, called before its handlers, for one event at a time.
    /// </summary>
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
