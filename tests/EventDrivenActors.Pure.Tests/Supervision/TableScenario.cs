using EventDrivenActors.Wire.Calls;

namespace EventDrivenActors.Pure.Tests.Supervision;

/// <summary>
/// Takes a table and two children through commands beside a model: lists, and the set of those that have left.
/// </summary>
internal sealed class TableScenario(int maxAttempts)
{
    private readonly OutstandingTable _table = new(maxAttempts);
    private readonly HeldCalls[] _children = [new(), new()];
    private readonly List<OutstandingCall> _waiting = [];
    private readonly List<OutstandingCall>[] _sent =
    [
        [],
        [],
    ];
    private readonly HashSet<long> _left = [];

    // The child's page: what has started, whether its word has come or not.
    private readonly long[][] _marks = [new long[64], new long[64]];
    private readonly HashSet<OutstandingCall> _ran = [];
    private TimeSpan _now;
    private long _lastId;

    public static void Run(int maxAttempts, (TableAct Act, int Child, int A)[] commands)
    {
        TableScenario scenario = new(maxAttempts);
        foreach ((TableAct act, int child, int a) in commands)
        {
            scenario.Apply(act, child, a);
            scenario.Check();
        }

        scenario.TakeAll();
        Assert.Equal(scenario._lastId, scenario._left.Count);
    }

    private void Apply(TableAct act, int child, int a)
    {
        switch (act)
        {
            case TableAct.Add or TableAct.AddIdempotent:
                OutstandingCall added = Calls.New(++_lastId, act == TableAct.AddIdempotent);
                _waiting.Add(added);
                _table.Add(added);
                break;
            case TableAct.Send:
                Send(child);
                break;
            case TableAct.Start when Pick(child, a, call => !call.Started && !_children[child].IsFrozen) is { } call:
                Mark(child, call);
                _children[child].Start(call);
                break;
            case TableAct.Mark when Pick(child, a, call => !_children[child].IsFrozen) is { } call:
                Mark(child, call);
                break;
            case TableAct.End when Pick(child, a, _ => true) is { } call:
                Assert.False(_table.TryEnd(_children[1 - child], call.Id, out _));
                Assert.True(_table.TryEnd(_children[child], call.Id, out OutstandingCall ended));
                Assert.Same(call, ended);
                _sent[child].Remove(call);
                Leave(call);
                break;
            case TableAct.TimeOut when Pick(child, a, call => call is { Started: true, Settled: false }) is { } call:
                call.Settled = true;
                break;
            case TableAct.Withdraw:
                Withdraw(a);
                break;
            case TableAct.WithdrawAll:
                _children[child].Withdraw();
                Assert.All(_sent[child], call => Assert.True(call.Started || call.Unwanted));
                break;
            case TableAct.Unwant when Pick(child, a, _ => true) is { } call:
                call.Cancelled = true;
                break;
            case TableAct.Freeze or TableAct.Thaw:
                // The word of each start comes before the child's word that it starts nothing more.
                _sent[child]
                    .Where(call => act == TableAct.Freeze && IsMarked(child, call))
                    .ToList()
                    .ForEach(_children[child].Start);
                _children[child].IsFrozen = act == TableAct.Freeze;
                break;
            case TableAct.Die or TableAct.DieMarked or TableAct.DieTakingIn:
                Die(child, act);
                break;
            case TableAct.TakeAll:
                TakeAll();
                break;
        }
    }

    private void Send(int child)
    {
        _now += TimeSpan.FromSeconds(0.4);
        TimeSpan? heldBack = _table.HeldBackUntil(_children[child], _now);
        Assert.True(heldBack is null || (heldBack > _now && _waiting.Count > 0));
        Assert.Equal(
            _waiting.Count > 0 && heldBack is null,
            _table.TrySend(_children[child], _now, out OutstandingCall sent)
        );
        if (_waiting.Count == 0 || heldBack is not null)
        {
            return;
        }

        // What is delivered again is older than all that was not sent yet, so the head always goes first.
        Assert.Same(_waiting[0], sent);
        Assert.Same(_children[child], sent.Holder);
        _waiting.Remove(sent);
        _sent[child].Add(sent);
    }

    private void Withdraw(int a)
    {
        OutstandingCall[] all = [.. _waiting, .. _sent[0], .. _sent[1]];
        if (all.Length > 0)
        {
            OutstandingCall call = all[a % all.Length];
            bool waited = _waiting.Remove(call);
            Assert.Equal(waited, _table.TryWithdraw(call));
            if (waited)
            {
                Leave(call);
                Assert.False(_table.TryWithdraw(call));
            }
        }
    }

    private void Mark(int child, OutstandingCall call)
    {
        _marks[child][call.Slot] = call.Id;
        _ran.Add(call);
    }

    private void Die(int child, TableAct act)
    {
        Dictionary<OutstandingCall, (int Attempt, int Charges)> before = _sent[child]
            .ToDictionary(call => call, call => (call.Attempt, call.Charges));
        OutstandingCall[] held = [.. _sent[child].OrderBy(call => call.Id)];
        bool known = act != TableAct.Die || _children[child].IsFrozen;
        OutstandingCall? arriving =
            act == TableAct.DieTakingIn ? held.FirstOrDefault(call => !IsMarked(child, call)) : null;
        HashSet<OutstandingCall> never =
        [
            .. held.Where(call => known && !call.Started && !(act != TableAct.Die && IsMarked(child, call))),
        ];
        StartRecord? record =
            act == TableAct.Die ? null : new StartRecord(_marks[child].ToArray(), arriving?.Number ?? 0);

        LostCalls lost = _table.HolderDied(_children[child], record);

        OutstandingCall[] open = [.. held.Where(call => !call.Settled)];
        OutstandingCall[] free = [.. open.Where(call => !call.Unwanted)];
        Assert.Equal(
            open.Where(call => !call.Idempotent && !never.Contains(call))
                .Concat(free.Where(call => never.Contains(call) && call.Arrivals == 10))
                .OrderBy(call => call.Id),
            lost.Lost
        );
        Assert.Equal(
            free.Where(call => call.Idempotent && !never.Contains(call) && call.Charges >= maxAttempts),
            lost.Poisoned
        );
        Assert.Equal(open.Where(call => call.Unwanted && (call.Idempotent || never.Contains(call))), lost.Cancelled);
        OutstandingCall[] gone =
        [
            .. lost.Lost,
            .. lost.Poisoned,
            .. lost.Cancelled,
            .. held.Where(call => call.Settled),
        ];
        OutstandingCall[] back = [.. held.Except(gone)];
        foreach (OutstandingCall call in held)
        {
            // What had not started is charged with nothing, and is said to have started only where it had.
            Assert.True(!never.Contains(call) || (call.Attempt, call.Charges) == before[call]);
            Assert.True(call.Ran != true || _ran.Contains(call));
            Assert.True(call.Ran != false || !_ran.Contains(call) || act == TableAct.Die);
        }

        foreach (OutstandingCall again in back)
        {
            Assert.Equal(before[again].Attempt + (never.Contains(again) ? 0 : 1), again.Attempt);
            Assert.InRange(again.Charges, 0, maxAttempts - 1);
            Assert.True(again is { Holder: null, Started: false, Due: null });
        }

        // Whatever happens, a call is not started for ever.
        Assert.All(held, call => Assert.InRange(call.Attempt, 1, maxAttempts + 1));
        Array.ForEach(gone, Leave);
        _waiting.AddRange(back);
        _waiting.Sort((one, other) => one.Id.CompareTo(other.Id));
        _sent[child].Clear();
        Array.Clear(_marks[child]);
    }

    private bool IsMarked(int child, OutstandingCall call) => _marks[child][call.Slot] == call.Id;

    private void TakeAll()
    {
        for (int child = 0; child < 2; child++)
        {
            Assert.Equal(
                _sent[child].Where(call => !call.Settled).OrderBy(call => call.Id),
                _table.TakeHeld(_children[child]).OrderBy(call => call.Id)
            );
            _sent[child].ForEach(Leave);
            _sent[child].Clear();
        }

        Assert.Equal(_waiting, _table.TakeWaiting());
        _waiting.ForEach(Leave);
        _waiting.Clear();
    }

    private OutstandingCall? Pick(int child, int a, Func<OutstandingCall, bool> which)
    {
        OutstandingCall[] calls = [.. _sent[child].Where(which)];
        return calls.Length == 0 ? null : calls[a % calls.Length];
    }

    private void Leave(OutstandingCall call) => Assert.True(_left.Add(call.Id), $"the call '{call.Id}' left twice");

    private void Check()
    {
        OutstandingCall[] all = [.. _waiting, .. _sent[0], .. _sent[1]];
        Assert.Equal(all.Length, _table.Count);
        Assert.Equal(all.Any(call => call.IsSuspect), _table.HasSuspects);
        for (int child = 0; child < 2; child++)
        {
            Assert.Equal(_sent[child].Count(call => !call.Started), _children[child].Unstarted);
            Assert.Equal(
                _sent[child].Select(call => call.Id).Order(),
                _children[child].All.Select(call => call.Id).Order()
            );
            Assert.All(
                _sent[child],
                call =>
                    Assert.True(
                        _children[child].TryGet(call.Id, out OutstandingCall found) && ReferenceEquals(call, found)
                    )
            );
            Assert.All(_waiting, call => Assert.False(_children[child].TryGet(call.Id, out _)));
            Assert.Equal(_sent[child].Count, _sent[child].Select(call => call.Slot).Distinct().Count());
            Assert.All(_sent[child], call => Assert.InRange(call.Slot, 0, _marks[child].Length - 1));
        }
    }
}
