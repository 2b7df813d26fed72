using CsCheck;
using EventDrivenActors.Subprocess.Supervision;

namespace EventDrivenActors.Pure.Tests.Supervision;

public sealed class ChildRosterTests
{
    private static readonly Gen<(RosterAct Act, int A)[]> Acts = Gen.Select(
        Gen.Enum<RosterAct>(),
        Gen.Int[0, 99]
    ).Array[0, 80];

    [Fact]
    public void Roster_AnyCommands_KeepsItsRules() =>
        Gen.Select(Gen.Int[1, 3], Gen.Bool, Gen.Int[0, 6], Gen.Int[0, 3], Acts).Sample(RosterScenario.Run, iter: 5_000);

    [Fact]
    public void ActiveThatDies_WithASpare_IsReplacedAtOnce_AndASpareIsStartedBehindIt()
    {
        RosterRig rig = new(new SubprocessOptions { WarmSpare = true });
        ChildMember first = rig.BecomesReady();
        ChildMember spare = rig.BecomesReady();
        Assert.Equal((ChildRole.Active, ChildRole.Spare), (first.Role, spare.Role));

        ChildRoster.Doom(first, null);
        Assert.Empty(rig.Steps());
        Assert.Equal(spare, rig.Roster.Active);
        rig.Roster.Died(first, rig.Now, true);

        Assert.Equal((ChildState.Ready, 0), (rig.Roster.State, rig.Roster.Restarts));
        Assert.Empty(rig.Steps());
        rig.Pass(0.2);
        Assert.Equal([RosterStepKind.Start], rig.Steps());
        Assert.Equal(1, rig.Roster.Restarts);
    }

    [Fact]
    public void SpareThatDies_CountsAndLosesNothing_AndNeverFailsTheController()
    {
        RosterRig rig = new(new SubprocessOptions { WarmSpare = true });
        ChildMember active = rig.BecomesReady();
        for (int deaths = 0; deaths < 5; deaths++)
        {
            rig.Dies(rig.BecomesReady());
            rig.Pass(3.5);
        }

        rig.Dies(rig.BecomesReady());
        rig.Pass(3.5);
        Assert.Empty(rig.Steps());
        Assert.Equal((ChildRole.Active, 5), (active.Role, rig.Roster.Restarts));
        rig.Pass(30);
        Assert.Equal([RosterStepKind.Start], rig.Steps());
    }

    [Fact]
    public void SixthDeath_In30Seconds_FailsUntilStart()
    {
        RosterRig rig = new(new SubprocessOptions());
        for (int deaths = 1; deaths <= 5; deaths++)
        {
            rig.Dies(rig.BecomesReady());
            Assert.Equal(ChildState.BackingOff, rig.Roster.State);
            rig.Pass(3.9);
        }

        rig.Dies(rig.BecomesReady());
        Assert.Equal([RosterStepKind.GiveUp], rig.Steps());
        Assert.Equal((ChildState.Failed, 5), (rig.Roster.State, rig.Roster.Restarts));
        rig.Pass(60);
        Assert.Empty(rig.Steps());

        rig.Roster.Start(rig.Now);
        Assert.Equal([RosterStepKind.Start], rig.Steps());
        Assert.Equal(ChildState.Starting, rig.Roster.State);
    }

    [Fact]
    public void StartThatNoRetryMends_FailsAtOnce_ButNotWhileAnotherChildWorks()
    {
        RosterRig rig = new(new SubprocessOptions { WarmSpare = true });
        ChildMember active = rig.BecomesReady();
        rig.Dies(rig.Started(), mayRetry: false);
        rig.Pass(60);
        Assert.Empty(rig.Steps());

        rig.Dies(active);
        rig.Pass(1);
        ChildMember last = rig.Started();
        Assert.Equal(ChildState.Starting, rig.Roster.State);
        rig.Dies(last, mayRetry: false);
        Assert.Equal(ChildState.Failed, rig.Roster.State);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void ChildThatHasTakenItsEvents_IsReplacedByOneThatIsReady_AndLeavesWhenItHasFinished(bool spare)
    {
        SubprocessOptions options = new() { WarmSpare = spare };
        options.Recycling.MaxEvents = 2;
        RosterRig rig = new(options);
        ChildMember old = rig.BecomesReady();
        Assert.True(rig.Send() && rig.Send());
        Assert.False(rig.Send());

        ChildMember next = rig.BecomesReady();

        Assert.Equal(
            (ChildRole.Retiring, ChildRole.Active, ExitReason.RecycledByEvents),
            (old.Role, next.Role, old.Reason)
        );
        Assert.False(rig.Send());
        rig.End(old);
        Assert.False(rig.Send());
        rig.End(old);
        Assert.True(rig.Send());
        Assert.Equal(ChildRole.Leaving, old.Role);
        rig.Roster.Died(old, rig.Now, true);
        Assert.Equal((1, 0), (rig.Roster.Recycled, rig.Roster.Restarts));
    }

    [Fact]
    public void ChildInWhichObjectsLive_IsNotReplaced_AndTakesMore()
    {
        SubprocessOptions options = new();
        options.Recycling.MaxEvents = 1;
        options.Recycling.MaxAge = TimeSpan.FromSeconds(1);
        RosterRig rig = new(options);
        ChildMember child = rig.BecomesReady();
        child.Objects = 1;
        Assert.True(rig.Send() && rig.Send());
        rig.Pass(5);
        Assert.Empty(rig.Steps());

        child.Objects = 0;
        Assert.Equal([RosterStepKind.Start], rig.Steps());
    }

    [Fact]
    public void Age_AndMemory_ReplaceAChild()
    {
        SubprocessOptions options = new();
        options.Recycling.MaxAge = TimeSpan.FromSeconds(100);
        options.Recycling.SoftMemoryLimit = 50;
        options.Recycling.HardMemoryLimit = 80;
        RosterRig rig = new(options);
        ChildMember first = rig.BecomesReady();
        Assert.Equal(100, rig.Again!.Value.TotalSeconds);
        rig.Pass(100);
        ChildMember second = rig.BecomesReady();
        Assert.Equal((ExitReason.RecycledByAge, ChildRole.Leaving), (first.Reason, first.Role));

        second.Memory = 51;
        Assert.Empty(rig.Steps());
        rig.Send();
        rig.Roster.Died(first, rig.Now, true);
        ChildMember third = rig.BecomesReady();
        Assert.Equal(ExitReason.RecycledByMemory, second.Reason);

        third.Memory = 81;
        Assert.Equal([RosterStepKind.Kill], rig.Steps());
        Assert.Equal((ExitReason.HardMemoryLimit, ChildRole.Dying), (third.Reason, third.Role));
    }

    [Fact]
    public void HandlerThatRunsForLong_InAChildThatIsReplaced_KeepsNobodyWaiting()
    {
        SubprocessOptions options = new() { WarmSpare = true, Workers = 2 };
        options.Recycling.MaxEvents = 1;
        RosterRig rig = new(options);
        ChildMember first = rig.BecomesReady();
        rig.BecomesReady();
        Assert.True(rig.Send());
        Assert.Equal([RosterStepKind.Start], rig.Steps());
        ChildMember second = rig.Roster.Active!;

        for (int more = 0; more < 3; more++)
        {
            Assert.True(rig.Send());
            rig.End(second);
        }

        rig.BecomesReady();
        Assert.Equal((ChildRole.Retiring, ChildRole.Active), (first.Role, second.Role));
        rig.End(first);
        Assert.Equal((ChildRole.Leaving, ChildRole.Leaving), (first.Role, second.Role));
    }

    [Fact]
    public void Age_OfTenYears_IsNotBeyondAnyTimer()
    {
        SubprocessOptions options = new();
        options.Recycling.MaxAge = TimeOption.Longest;
        RosterRig rig = new(options);
        rig.BecomesReady();

        Assert.Equal(TimeSpan.FromDays(1), rig.Again);
    }

    [Fact]
    public void ChildThatDiesWhileItIsReplaced_IsNoRestart()
    {
        SubprocessOptions options = new();
        options.Recycling.MaxEvents = 1;
        RosterRig rig = new(options);
        ChildMember old = rig.BecomesReady();
        rig.Send();
        ChildMember next = rig.BecomesReady();
        Assert.Equal(ChildRole.Retiring, old.Role);

        rig.Dies(old);
        rig.Pass(1);
        rig.Send();
        Assert.Equal([RosterStepKind.Start], rig.Steps());

        Assert.Equal((ChildRole.Active, 0, 0), (next.Role, rig.Roster.Restarts, rig.Roster.Recycled));
    }

    [Fact]
    public void SilentChild_IsUnresponsiveUntilItSpeaks()
    {
        RosterRig rig = new(new SubprocessOptions());
        ChildMember child = rig.BecomesReady();
        child.IsSilent = true;
        Assert.Equal(ChildState.Unresponsive, rig.Roster.State);
        child.IsSilent = false;
        Assert.Equal(ChildState.Ready, rig.Roster.State);
        rig.Roster.Stop();
        Assert.Equal(ChildState.None, rig.Roster.State);
    }
}
