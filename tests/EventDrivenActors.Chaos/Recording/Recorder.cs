using System.Collections.Concurrent;
using EventDrivenActors.Chaos.Checking;

namespace EventDrivenActors.Chaos.Recording;

/// <summary>Writes the history of a run in the parent. Any thread.</summary>
internal sealed class Recorder(TimeProvider time)
{
    private readonly ConcurrentQueue<(AcceptedEvent Event, Pending Pending, Task<Settlement> Settled)> _accepted = [];
    private readonly ConcurrentDictionary<long, bool> _cancelAsked = [];
    private readonly ConcurrentDictionary<int, bool> _killed = [];
    private readonly ConcurrentDictionary<string, Injected> _injected = [];
    private readonly ConcurrentQueue<string> _leftovers = [];
    private readonly ConcurrentQueue<Pause> _pauses = [];
    private readonly long _began = time.GetTimestamp();
    private long _lastId;
    private long _settled;

    public long Accepted => _accepted.Count;

    public long Settled => Interlocked.Read(ref _settled);

    /// <summary>How many events ended in each way so far.</summary>
    public string Summary =>
        string.Join(
            ", ",
            _accepted
                .GroupBy(one => one.Pending.Status)
                .OrderBy(group => group.Key)
                .Select(group => $"{group.Key} {group.Count()}")
        );

    public long NextId() => Interlocked.Increment(ref _lastId);

    /// <summary>Notes that a controller has taken an event, and later how it ends.</summary>
    public Task<Settlement> Accept(AcceptedEvent accepted, Pending pending)
    {
        Task<Settlement> settled = ObserveAsync(accepted with { At = time.GetElapsedTime(_began) }, pending);
        _accepted.Enqueue((accepted, pending, settled));
        return settled;
    }

    public void Cancel(long id, Pending pending)
    {
        _cancelAsked[id] = true;
        pending.Cancel();
    }

    public void Killed(int processId) => _killed[processId] = true;

    public void Inject(string controller, Injected injected) =>
        _injected.AddOrUpdate(controller, injected, (_, before) => before | injected);

    public void Paused(Pause pause) => _pauses.Enqueue(pause);

    public void Leftover(string sentence) => _leftovers.Enqueue(sentence);

    /// <summary>
    /// Waits until all events have settled, or none has for as long as <paramref name="patience"/>: a machine that is
    /// overloaded is slow, and loses nothing.
    /// </summary>
    public async Task SettledAsync(TimeSpan patience)
    {
        Task all = Task.WhenAll(_accepted.Select(one => one.Settled));
        long before;
        do
        {
            before = Settled;
            await Task.WhenAny(all, Task.Delay(patience, time));
        } while (!all.IsCompleted && Settled > before);
    }

    /// <summary>The history so far. The children's notes are complete only when the children are gone.</summary>
    public async Task<RunHistory> HistoryAsync(IReadOnlyList<Note> notes)
    {
        List<Settlement> settlements = [];
        foreach (
            (AcceptedEvent accepted, Pending pending, Task<Settlement> settled) in _accepted.Where(one =>
                one.Settled.IsCompleted
            )
        )
        {
            Settlement first = await settled;
            settlements.Add(first);
            if (pending.Status != first.Status)
            {
                settlements.Add(first with { Status = pending.Status });
            }
        }

        return new RunHistory
        {
            Accepted = [.. _accepted.Select(one => one.Event)],
            Settlements = settlements,
            Notes = notes,
            CancelAsked = _cancelAsked.Keys.ToHashSet(),
            Killed = _killed.Keys.ToHashSet(),
            Injected = new Dictionary<string, Injected>(_injected),
            Pauses = [.. _pauses],
            Leftovers = [.. _leftovers],
        };
    }

    private async Task<Settlement> ObserveAsync(AcceptedEvent accepted, Pending pending)
    {
        PendingStatus status = await pending.SettledAsync();
        Interlocked.Increment(ref _settled);
        Settlement settlement = new(accepted.Id, status, time.GetElapsedTime(_began) - accepted.At);
        if (status == PendingStatus.Completed)
        {
            IReadOnlyList<object?> results = await pending;
            return settlement with { ResultIsRight = results is [long id] && id == accepted.Id };
        }

        return pending.Exception switch
        {
            ChildLostException lost => settlement with
            {
                ProcessId = lost.ProcessId,
                Started = lost.Started,
                Reason = lost.Message,
            },
            PoisonedEventException poisoned => settlement with
            {
                Attempts = poisoned.Attempts,
                Reason = poisoned.Message,
            },
            { } other => settlement with { Reason = other.Message },
            null => settlement,
        };
    }
}
