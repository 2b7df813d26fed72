using EventDrivenActors.Chaos.Checking;

namespace EventDrivenActors.Chaos.Tests.Checking;

/// <content>Events that are lost with a child, poisoned, or closed.</content>
public sealed partial class InvariantCheckerTests
{
    [Fact]
    public void ChildLost_OfAKilledChild_IsClean()
    {
        _story.Killed.Add(7);
        Clean(
            _story
                .Accept(1)
                .Begin(1, 7)
                .Settle(1, PendingStatus.ChildLost, one => one with { ProcessId = 7, Started = true })
        );
    }

    [Fact]
    public void ChildLost_WhoseNeighbourEndsTheChild_IsClean() =>
        Clean(
            _story
                .Accept(1, Deed.Crash)
                .Begin(1, 7)
                .Settle(1, PendingStatus.ChildLost, one => one with { ProcessId = 7, Started = true })
                .Accept(2)
                .Settle(2, PendingStatus.ChildLost, one => one with { ProcessId = 7 })
        );

    [Fact]
    public void ChildLost_OfAChildThatNothingEnded_IsLost() =>
        Found(
            _story.Accept(1).Begin(1, 7).Settle(1, PendingStatus.ChildLost, one => one with { ProcessId = 7 }),
            ViolationKind.Lost,
            "nothing ended the child '7'"
        );

    [Fact]
    public void ChildLost_OfWhatIsIdempotent_IsLostUnlessTheControllerFailed()
    {
        _story.Killed.Add(7);
        _story.Accept(1, with: Again).Settle(1, PendingStatus.ChildLost, one => one with { ProcessId = 7 });
        Found(_story, ViolationKind.Lost, "delivered again");

        _story.Injected = Injected.Failed;
        Clean(_story);
    }

    [Fact]
    public void ChildLost_ThatDeniesItsStart_IsBroken()
    {
        _story.Killed.Add(7);
        Found(
            _story
                .Accept(1)
                .Begin(1, 7)
                .Settle(1, PendingStatus.ChildLost, one => one with { ProcessId = 7, Started = false }),
            ViolationKind.Broken,
            "had not started"
        );
    }

    [Fact]
    public void Poisoned_BeforeItsLastAttempt_IsLost() =>
        Found(
            _story
                .Accept(1, Deed.Crash, Again)
                .Begin(1)
                .Begin(1, 2, 2)
                .Settle(1, PendingStatus.Poisoned, one => one with { Attempts = 2 }),
            ViolationKind.Lost,
            "2 of 3 attempts"
        );

    [Fact]
    public void Poisoned_AfterItsLastAttempt_IsClean() =>
        Clean(
            _story
                .Accept(1, Deed.Crash, Again)
                .Begin(1)
                .Begin(1, 2, 2)
                .Begin(1, 3, 3)
                .Settle(1, PendingStatus.Poisoned, one => one with { Attempts = 3 })
        );

    [Fact]
    public void Closed_WhileItsSystemLives_IsLost()
    {
        Found(_story.Accept(1).Settle(1, PendingStatus.Closed), ViolationKind.Lost, "actor system");
        _story.Injected = Injected.HostEnded;
        Clean(_story);
    }

    [Fact]
    public void Skipped_ByNobody_IsLost() =>
        Found(_story.Accept(1).Settle(1, PendingStatus.Skipped), ViolationKind.Lost, "nothing asked");

    [Fact]
    public void Start_BeforeAnEarlierEvent_IsBroken() =>
        Found(
            _story
                .Accept(1, with: At(1))
                .Accept(2, with: At(2))
                .Run(2)
                .Run(1)
                .Settle(1, PendingStatus.Completed)
                .Settle(2, PendingStatus.Completed),
            ViolationKind.Broken,
            "started after event 2"
        );

    [Fact]
    public void Start_AgainInTheNextChild_KeepsTheOrder()
    {
        _story.Killed.Add(1);
        Clean(
            _story
                .Accept(1, with: one => Again(At(1)(one)))
                .Accept(2, with: one => Again(At(2)(one)))
                .Run(1)
                .Begin(2)
                .Run(1, 2, 2)
                .Run(2, 2, 2)
                .Settle(1, PendingStatus.Completed)
                .Settle(2, PendingStatus.Completed)
        );
    }

    [Fact]
    public void Start_WhileAnotherRuns_IsBroken() =>
        Found(
            _story
                .Accept(1, with: At(1))
                .Accept(2, with: At(2))
                .Begin(1)
                .Run(2)
                .End(1)
                .Settle(1, PendingStatus.Completed)
                .Settle(2, PendingStatus.Completed),
            ViolationKind.Broken,
            "while event 1 was running"
        );

    [Fact]
    public void Leftover_IsBrokenAndShownInTheLine()
    {
        _story.Leftovers.Add("the process '12' is left.");
        Found(_story, ViolationKind.Broken, "'12'");
        Assert.Equal("0 events: 0 lost, 0 doubled, 0 hung, 1 otherwise broken", _story.Check().ToString());
    }

    [Fact]
    public void Verdicts_OfSeveralRuns_AddUp()
    {
        Verdict both = _story
            .Accept(1)
            .Check()
            .And(new Story().Accept(2).Run(2).Run(2).Settle(2, PendingStatus.Completed).Check());

        Assert.Equal("2 events: 0 lost, 1 doubled, 1 hung", both.ToString());
        Assert.Equal(2, both.Reasons.Count());
    }

    private static Func<AcceptedEvent, AcceptedEvent> At(long place) => accepted => accepted with { Place = place };

    private static string Clean(Story story)
    {
        Verdict verdict = story.Check();
        Assert.Empty(verdict.Reasons);
        return verdict.ToString();
    }

    private static void Found(Story story, ViolationKind kind, string part)
    {
        Violation violation = Assert.Single(story.Check().Violations);
        Assert.Equal(kind, violation.Kind);
        Assert.Contains(part, violation.Text);
    }
}
