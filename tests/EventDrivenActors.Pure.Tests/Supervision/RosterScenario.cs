using EventDrivenActors.Subprocess.Supervision;
using EventDrivenActors.Wire.Calls;

namespace EventDrivenActors.Pure.Tests.Supervision;

/// <summary>
/// Takes a roster and a table through commands as the forwarder would, and holds them to their rules after each.
/// </summary>
internal sealed class RosterScenario
{
    private readonly SubprocessOptions _options;
    private readonly ChildRoster _roster;
    private readonly OutstandingTable _table;
    private readonly List<ChildMember> _alive = [];
    private readonly HashSet<long> _settled = [];
    private TimeSpan _now;
    private long _lastId;
    private long _lastStarted;
    private bool _startFailed;
    private bool _refused;

    private RosterScenario(int workers, bool spare, int maxEvents, int maxRestarts)
    {
        _options = new SubprocessOptions { Workers = workers, WarmSpare = spare };
        _options.Restart.MaxRestarts = maxRestarts;
        _options.Recycling.MaxEvents = maxEvents == 0 ? null : maxEvents;
        _options.Recycling.MaxAge = TimeSpan.FromSeconds(40);
        _options.Recycling.SoftMemoryLimit = 50;
        _options.Recycling.HardMemoryLimit = 90;
        _roster = new ChildRoster(_options.Rules(), () => 0.5);
        _table = new OutstandingTable(3);
    }

    public static void Run(int workers, bool spare, int maxEvents, int maxRestarts, (RosterAct Act, int A)[] commands)
    {
        RosterScenario scenario = new(workers, spare, maxEvents, maxRestarts);
        scenario._roster.Start(TimeSpan.Zero);
        scenario.Look();
        foreach ((RosterAct act, int a) in commands)
        {
            scenario.Apply(act, a);
            scenario.Look();
            scenario.Check();
        }

        scenario.Finish();
    }

    private void Apply(RosterAct act, int a)
    {
        switch (act)
        {
            case RosterAct.Add:
                _table.Add(Calls.New(++_lastId));
                break;
            case RosterAct.Send or RosterAct.SendMore:
                Send();
                break;
            case RosterAct.Start when Pick(a, Up) is { } child:
                StartNext(child);
                break;
            case RosterAct.End
            or RosterAct.EndMore
                when Pick(a, child => Up(child) && child.Calls.All.Any(call => call.Started)) is { } child:
                End(child);
                break;
            case RosterAct.Ready
            or RosterAct.ReadySoon when Pick(a, child => child.Role == ChildRole.Starting) is { } child:
                BecomesReady(child);
                break;
            case RosterAct.Exit when Pick(a, child => child.Role != ChildRole.Gone) is { } child:
                ChildRoster.Doom(child, null);
                break;
            case RosterAct.Bury
            or RosterAct.BurySoon
                when Pick(a, child => child.Role is ChildRole.Dying or ChildRole.Leaving) is { } child:
                Bury(child, mayRetry: true);
                break;
            case RosterAct.Refuse when Pick(a, child => child.Role == ChildRole.Starting) is { } child:
                Bury(child, mayRetry: false);
                break;
            case RosterAct.Grow or RosterAct.Shrink when Pick(a, Up) is { } child:
                child.Memory = act == RosterAct.Grow ? a : 0;
                break;
            case RosterAct.Objects when Pick(a, child => child.Role == ChildRole.Active) is { } child:
                child.Objects = 1 - child.Objects;
                break;
            case RosterAct.Pass or RosterAct.PassMore:
                _now += TimeSpan.FromSeconds(a / 10.0);
                break;
            case RosterAct.StartRun when _roster.State == ChildState.Failed:
                _alive.ForEach(child => Settle(_table.TakeHeld(child.Calls)));
                _alive.Clear();
                _roster.Start(_now);
                break;
        }
    }

    private void Send()
    {
        if (_roster.MayTake && _table.TrySend(_roster.Active!.Calls, _now, out OutstandingCall call))
        {
            Assert.True(
                _roster.Active.Objects > 0
                    || _roster.IsReplacing
                    || _roster.Active.Calls.Taken <= (_options.Recycling.MaxEvents ?? long.MaxValue)
                    || _startFailed
                    || _refused
            );
            Assert.Equal(_roster.Active.Calls, call.Holder);
        }
    }

    /// <summary>A child starts what it has in order, and as many as it has workers.</summary>
    private void StartNext(ChildMember child)
    {
        if (
            child.Calls.All.Count(call => call.Started) < _options.Workers
            && child.Calls.All.Where(call => !call.Started).MinBy(call => call.Id) is { } next
        )
        {
            Assert.True(next.Id > _lastStarted, "a later event started before an earlier one");
            _lastStarted = next.Id;
            child.Calls.Start(next);
            int running = _alive.Sum(one => one.Calls.All.Count(call => call.Started));
            Assert.True(running <= _options.Workers, "more handlers run than may");
        }
    }

    private void End(ChildMember child)
    {
        OutstandingCall call = child.Calls.All.First(one => one.Started);
        Assert.True(_table.TryEnd(child.Calls, call.Id, out _));
        Settle([call]);
    }

    private void BecomesReady(ChildMember child)
    {
        _roster.Ready(child, _now);
        _startFailed = false;
    }

    private void Bury(ChildMember child, bool mayRetry)
    {
        LostCalls lost = _table.HolderDied(child.Calls);
        Settle(lost.Lost);
        Assert.Empty(lost.Poisoned);
        _startFailed |= child.ReadySince is null;
        _refused |= !mayRetry;
        _roster.Died(child, _now, mayRetry);
        _alive.Remove(child);
    }

    private void Look()
    {
        RosterStep step;
        for (int steps = 0; (step = _roster.Next(_now)).Kind != RosterStepKind.Wait; steps++)
        {
            Assert.True(steps < 20, "the roster never asks to wait");
            if (step.Kind == RosterStepKind.Start)
            {
                _alive.Add(step.Member!);
            }
        }

        Assert.True(step.Until is null || step.Until > _now);
    }

    private void Check()
    {
        Assert.True(_alive.Count(child => child.Role == ChildRole.Active) <= 1);
        Assert.True(_alive.Count(child => child.Role == ChildRole.Retiring) <= 1);
        Assert.True(_alive.Count(child => child.Role is ChildRole.Starting or ChildRole.Spare) <= 1);
        Assert.All(
            _alive,
            child =>
                Assert.True(
                    child.Calls.Count == 0 || child.Role is ChildRole.Active or ChildRole.Retiring or ChildRole.Dying
                )
        );
        Assert.Equal(_lastId, _settled.Count + _table.Count);
        if (_roster.IsRunning)
        {
            // Somebody works or will: a child, or the clock.
            Assert.True(
                _alive.Count > 0
                    || (_roster.Next(_now) is { Kind: RosterStepKind.Wait, Until: { } again } && again > _now)
            );
        }
    }

    /// <summary>Children that behave from now on settle all that is left.</summary>
    private void Finish()
    {
        for (int round = 0; _roster.IsRunning && _table.Count > 0; round++)
        {
            Assert.True(round < 1000, "what is left does not settle");
            _now += TimeSpan.FromSeconds(1);
            foreach (ChildMember child in _alive.ToArray())
            {
                switch (child.Role)
                {
                    case ChildRole.Starting:
                        BecomesReady(child);
                        break;
                    case ChildRole.Dying or ChildRole.Leaving:
                        Bury(child, mayRetry: true);
                        break;
                }

                child.Memory = 0;
                child.Objects = 0;
            }

            Look();
            Send();
            foreach (ChildMember child in _alive.Where(Up).OrderBy(child => child.Role == ChildRole.Active))
            {
                StartNext(child);
                if (child.Calls.All.Any(call => call.Started))
                {
                    End(child);
                }
            }

            Look();
        }
    }

    private static bool Up(ChildMember child) => child.IsUp;

    private ChildMember? Pick(int a, Predicate<ChildMember> which)
    {
        List<ChildMember> found = _alive.FindAll(which);
        return found.Count == 0 ? null : found[a % found.Count];
    }

    private void Settle(IEnumerable<OutstandingCall> calls)
    {
        foreach (OutstandingCall call in calls)
        {
            Assert.True(_settled.Add(call.Id), $"the call '{call.Id}' settled twice");
        }
    }
}
