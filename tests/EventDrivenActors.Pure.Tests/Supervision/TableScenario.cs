using EventDrivenActors.Subprocess.Supervision;

namespace EventDrivenActors.Pure.Tests.Supervision;

/// <summary>Takes a table through commands beside a model: three lists and the set of those that have left.</summary>
internal sealed class TableScenario(int maxAttempts)
{
    private readonly OutstandingTable _table = new(maxAttempts);
    private readonly List<OutstandingCall> _waiting = [];
    private readonly List<OutstandingCall> _sent = [];
    private readonly HashSet<long> _left = [];
    private bool _frozen;
    private long _lastId;

    public static void Run(int maxAttempts, (TableAct Act, int A)[] commands)
    {
        TableScenario scenario = new(maxAttempts);
        foreach ((TableAct act, int a) in commands)
        {
            scenario.Apply(act, a);
            scenario.Check();
        }

        scenario.TakeAll();
        Assert.Equal(scenario._lastId, scenario._left.Count);
    }

    private void Apply(TableAct act, int a)
    {
        switch (act)
        {
            case TableAct.Add or TableAct.AddIdempotent:
                OutstandingCall added = Calls.New(++_lastId, act == TableAct.AddIdempotent);
                _waiting.Add(added);
                _table.Add(added);
                break;
            case TableAct.Send:
                Send();
                break;
            case TableAct.Start when Pick(a, call => !call.Started && !_frozen) is { } call:
                call.Started = true;
                break;
            case TableAct.End when Pick(a, _ => true) is { } call:
                Assert.True(_table.TryEnd(call.Id, out OutstandingCall ended));
                Assert.Same(call, ended);
                _sent.Remove(call);
                Leave(call);
                break;
            case TableAct.TimeOut when Pick(a, call => call is { Started: true, Settled: false }) is { } call:
                call.Settled = true;
                break;
            case TableAct.Withdraw:
                Withdraw(a);
                break;
            case TableAct.Freeze:
                _table.Freeze();
                _frozen = true;
                break;
            case TableAct.Thaw:
                _table.Thaw();
                _frozen = false;
                break;
            case TableAct.Die:
                Die();
                break;
            case TableAct.TakeAll:
                TakeAll();
                break;
        }
    }

    private void Send()
    {
        Assert.Equal(_waiting.Count > 0, _table.TrySend(out OutstandingCall sent));
        if (_waiting.Count == 0)
        {
            return;
        }

        // What is delivered again is older than all that waits, so the oldest always goes first.
        Assert.Equal(_waiting.Min(call => call.Id), sent.Id);
        Assert.True(sent.Sent);
        _waiting.Remove(sent);
        _sent.Add(sent);
    }

    private void Withdraw(int a)
    {
        OutstandingCall[] all = [.. _waiting, .. _sent];
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

    private void Die()
    {
        Dictionary<long, int> attempts = _sent.ToDictionary(call => call.Id, call => call.Attempt);
        ILookup<string, OutstandingCall> fates = _sent.ToLookup(FateOf);
        LostCalls lost = _table.ChildDied();
        Assert.Equal(fates["lost"].OrderBy(call => call.Id), lost.Lost);
        Assert.Equal(fates["poisoned"].OrderBy(call => call.Id), lost.Poisoned);
        foreach (OutstandingCall call in fates["lost"].Concat(fates["poisoned"]).Concat(fates["settled"]))
        {
            Leave(call);
        }

        foreach (OutstandingCall again in fates["again"].Concat(fates["moved"]))
        {
            Assert.Equal(attempts[again.Id] + (fates["again"].Contains(again) ? 1 : 0), again.Attempt);
            Assert.InRange(again.Attempt, 1, maxAttempts);
            Assert.False(again.Sent || again.Started);
            _waiting.Add(again);
        }

        _sent.Clear();
        _frozen = false;
    }

    private string FateOf(OutstandingCall call) => call switch
    {
        { Settled: true } => "settled",
        { Started: false } when _frozen => "moved",
        { Idempotent: true } => call.Attempt < maxAttempts ? "again" : "poisoned",
        _ => "lost",
    };

    private void TakeAll()
    {
        OutstandingCall[] expected = [.. _sent.Where(call => !call.Settled).Concat(_waiting).OrderBy(call => call.Id)];
        Assert.Equal(expected, _table.TakeAll().OrderBy(call => call.Id));
        _sent.Concat(_waiting).ToList().ForEach(Leave);
        _sent.Clear();
        _waiting.Clear();
        _frozen = false;
    }

    private OutstandingCall? Pick(int a, Func<OutstandingCall, bool> which)
    {
        OutstandingCall[] calls = [.. _sent.Where(which)];
        return calls.Length == 0 ? null : calls[a % calls.Length];
    }

    private void Leave(OutstandingCall call) => Assert.True(_left.Add(call.Id), $"the call '{call.Id}' left twice");

    private void Check()
    {
        Assert.Equal(_waiting.Count + _sent.Count, _table.Count);
        Assert.Equal(_sent.Select(call => call.Id).Order(), _table.Sent.Select(call => call.Id).Order());
        Assert.All(_sent, call => Assert.True(_table.TryGet(call.Id, out OutstandingCall found) && ReferenceEquals(call, found)));
        Assert.All(_waiting, call => Assert.False(_table.TryGet(call.Id, out _)));
    }
}
