using EventDrivenActors.Subprocess.Supervision;

namespace EventDrivenActors.Pure.Tests.Supervision;

/// <summary>Takes a table and two children through commands beside a model: lists, and the set of those that have left.</summary>
internal sealed class TableScenario(int maxAttempts)
{
    private readonly OutstandingTable _table = new(maxAttempts);
    private readonly HeldCalls[] _children = [new(), new()];
    private readonly List<OutstandingCall> _waiting = [];
    private readonly List<OutstandingCall>[] _sent = [[], []];
    private readonly HashSet<long> _left = [];
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
                call.Started = true;
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
                call.Unwanted = true;
                break;
            case TableAct.Freeze or TableAct.Thaw:
                _children[child].IsFrozen = act == TableAct.Freeze;
                break;
            case TableAct.Die:
                Die(child);
                break;
            case TableAct.TakeAll:
                TakeAll();
                break;
        }
    }

    private void Send(int child)
    {
        Assert.Equal(_waiting.Count > 0, _table.TrySend(_children[child], out OutstandingCall sent));
        if (_waiting.Count == 0)
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

    private void Die(int child)
    {
        Dictionary<long, int> attempts = _sent[child].ToDictionary(call => call.Id, call => call.Attempt);
        ILookup<string, OutstandingCall> fates = _sent[child].ToLookup(call => FateOf(call, _children[child].IsFrozen));
        LostCalls lost = _table.ChildDied(_children[child]);
        Assert.Equal(fates["lost"].OrderBy(call => call.Id), lost.Lost);
        Assert.Equal(fates["poisoned"].OrderBy(call => call.Id), lost.Poisoned);
        Assert.Equal(fates["cancelled"].OrderBy(call => call.Id), lost.Cancelled);
        foreach (OutstandingCall call in fates["lost"].Concat(fates["poisoned"]).Concat(fates["cancelled"]).Concat(fates["settled"]))
        {
            Leave(call);
        }

        OutstandingCall[] back = [.. fates["again"].Concat(fates["moved"]).OrderBy(call => call.Id)];
        foreach (OutstandingCall again in back)
        {
            Assert.Equal(attempts[again.Id] + (fates["again"].Contains(again) ? 1 : 0), again.Attempt);
            Assert.InRange(again.Attempt, 1, maxAttempts);
            Assert.True(again is { Holder: null, Started: false });
        }

        _waiting.InsertRange(0, back);
        _sent[child].Clear();
    }

    private string FateOf(OutstandingCall call, bool frozen) => call switch
    {
        { Settled: true } => "settled",
        { Started: false } when frozen => call.Unwanted ? "cancelled" : "moved",
        { Unwanted: true } => "lost",
        { Idempotent: true } => call.Attempt < maxAttempts ? "again" : "poisoned",
        _ => "lost",
    };

    private void TakeAll()
    {
        for (int child = 0; child < 2; child++)
        {
            Assert.Equal(_sent[child].Where(call => !call.Settled).OrderBy(call => call.Id), _table.TakeHeld(_children[child]).OrderBy(call => call.Id));
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
        Assert.Equal(_waiting.Count + _sent[0].Count + _sent[1].Count, _table.Count);
        for (int child = 0; child < 2; child++)
        {
            Assert.Equal(_sent[child].Select(call => call.Id).Order(), _children[child].All.Select(call => call.Id).Order());
            Assert.All(_sent[child], call => Assert.True(_children[child].TryGet(call.Id, out OutstandingCall found) && ReferenceEquals(call, found)));
            Assert.All(_waiting, call => Assert.False(_children[child].TryGet(call.Id, out _)));
        }
    }
}
