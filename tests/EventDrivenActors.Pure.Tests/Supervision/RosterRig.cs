using EventDrivenActors.Subprocess.Supervision;
using EventDrivenActors.Wire.Calls;

namespace EventDrivenActors.Pure.Tests.Supervision;

/// <summary>A roster that runs, on a clock of its own, with calls for its children.</summary>
internal sealed class RosterRig
{
    private readonly OutstandingTable _table = new(3);
    private readonly List<ChildMember> _started = [];
    private TimeSpan? _again;
    private long _lastId;

    public RosterRig(SubprocessOptions options)
    {
        options.Restart.Jitter = 0;
        Roster = new ChildRoster(options.Rules(), () => 0.5);
        Roster.Start(Now);
    }

    public ChildRoster Roster { get; }

    public TimeSpan Now { get; private set; }

    public TimeSpan? Again => _again;

    public void Pass(double seconds) => Now += TimeSpan.FromSeconds(seconds);

    /// <summary>What is asked for now.</summary>
    public List<RosterStepKind> Steps()
    {
        List<RosterStepKind> steps = [];
        RosterStep step;
        while ((step = Roster.Next(Now)).Kind != RosterStepKind.Wait)
        {
            steps.Add(step.Kind);
            if (step.Kind == RosterStepKind.Start)
            {
                _started.Add(step.Member!);
            }
        }

        _again = step.Until;
        return steps;
    }

    /// <summary>The child that is being started.</summary>
    public ChildMember Started()
    {
        Steps();
        return Assert.Single(_started, child => child.Role == ChildRole.Starting);
    }

    public ChildMember BecomesReady()
    {
        ChildMember child = Started();
        Roster.Ready(child, Now);
        Steps();
        return child;
    }

    public void Dies(ChildMember child, bool mayRetry = true)
    {
        ChildRoster.Doom(child, null);
        Steps();
        _table.HolderDied(child.Calls);
        Roster.Died(child, Now, mayRetry);
        if (Roster.Members.Count == 0 && !mayRetry)
        {
            Steps();
        }
    }

    /// <summary>Sends the active child a call, which starts.</summary>
    public bool Send()
    {
        if (!Roster.MayTake)
        {
            return false;
        }

        OutstandingCall call = Calls.New(++_lastId);
        _table.Add(call);
        Assert.True(_table.TrySend(Roster.Active!.Calls, Now, out _));
        call.Holder!.Start(call);
        return true;
    }

    public void End(ChildMember child)
    {
        Assert.True(_table.TryEnd(child.Calls, child.Calls.All.First().Id, out _));
        Steps();
    }
}
