using EventDrivenActors.Chaos.Checking;

namespace EventDrivenActors.Chaos.Tests.Checking;

/// <summary>The checker finds what is planted, and finds nothing in what the contract allows.</summary>
public sealed partial class InvariantCheckerTests
{
    private static readonly Func<AcceptedEvent, AcceptedEvent> Again = accepted =>
        accepted with
        {
            Idempotent = true,
            MaxAttempts = 3,
        };

    private readonly Story _story = new();

    [Fact]
    public void Run_WithoutFaults_IsClean() =>
        Assert.Equal(
            "2 events: 0 lost, 0 doubled, 0 hung",
            Clean(
                _story
                    .Accept(1)
                    .Accept(2)
                    .Run(1)
                    .Run(2)
                    .Settle(2, PendingStatus.Completed)
                    .Settle(1, PendingStatus.Completed)
            )
        );

    [Fact]
    public void Pending_ThatIsOpen_IsHung() => Found(_story.Accept(1).Run(1), ViolationKind.Hung, "never settled");

    [Fact]
    public void Pending_SettledTwice_IsDoubled() =>
        Found(
            _story.Accept(1).Run(1).Settle(1, PendingStatus.Completed).Settle(1, PendingStatus.ChildLost),
            ViolationKind.Doubled,
            "Completed and ChildLost"
        );

    [Fact]
    public void Number_GivenTwice_IsBroken() =>
        Assert.Contains(
            _story.Accept(1).Accept(1).Run(1).Settle(1, PendingStatus.Completed).Check().Violations,
            one => one.Text.Contains("given to 2 events")
        );

    [Fact]
    public void Handler_OfWhatNobodyAccepted_IsBroken() => Found(_story.Run(9), ViolationKind.Broken, "never accepted");

    [Fact]
    public void Completed_ThatNeverRan_IsLost() =>
        Found(_story.Accept(1).Settle(1, PendingStatus.Completed), ViolationKind.Lost, "did not run to its end");

    [Fact]
    public void Completed_ThatBeganOnly_IsLost() =>
        Found(
            _story.Accept(1).Begin(1).Settle(1, PendingStatus.Completed),
            ViolationKind.Lost,
            "did not run to its end"
        );

    [Fact]
    public void Completed_WithAnotherResult_IsLost() =>
        Found(
            _story.Accept(1).Run(1).Settle(1, PendingStatus.Completed, one => one with { ResultIsRight = false }),
            ViolationKind.Lost,
            "result"
        );

    [Fact]
    public void Completed_WhoseHandlerThrows_IsBroken() =>
        Found(
            _story.Accept(1, Deed.Throw).Run(1).Settle(1, PendingStatus.Completed),
            ViolationKind.Broken,
            "cannot end well"
        );

    [Fact]
    public void AtMostOnce_ThatRanTwice_IsDoubled() =>
        Found(
            _story.Accept(1).Run(1).Run(1, process: 2).Settle(1, PendingStatus.Completed),
            ViolationKind.Doubled,
            "once at most"
        );

    [Fact]
    public void Idempotent_ThatRanTwiceWithAscendingAttempts_IsClean()
    {
        _story.Killed.Add(1);
        Clean(_story.Accept(1, with: Again).Begin(1).Run(1, 2, attempt: 2).Settle(1, PendingStatus.Completed));
    }

    [Fact]
    public void Idempotent_WithTheSameAttemptTwice_IsDoubled() =>
        Found(
            _story.Accept(1, with: Again).Begin(1).Run(1, process: 2).Settle(1, PendingStatus.Completed),
            ViolationKind.Doubled,
            "1, 1"
        );

    [Fact]
    public void Idempotent_DeliveredTooOften_IsBroken() =>
        Found(
            _story.Accept(1, with: Again).Begin(1).Run(1, 2, attempt: 5).Settle(1, PendingStatus.Completed),
            ViolationKind.Broken,
            "more than 4 times"
        );

    [Fact]
    public void Idempotent_DeliveredOftenerBesideOthers_IsClean() =>
        Clean(
            _story
                .Accept(1, with: Again)
                .Begin(1)
                .Begin(1, 2, 2)
                .Begin(1, 3, 3)
                .Run(1, 4, 4)
                .Settle(1, PendingStatus.Completed)
        );

    [Fact]
    public void Cancelled_ByADrainThatTheMachineWasTooSlowFor_IsClean_AndByNothingIsLost()
    {
        Found(_story.Accept(1).Settle(1, PendingStatus.Cancelled), ViolationKind.Lost, "nobody cancelled it");
        _story.Injected = Injected.Overload;
        Clean(_story);
    }

    [Fact]
    public void Cancelled_BeforeItsStart_IsCleanUnlessItRan()
    {
        _story.CancelAsked.UnionWith([1, 2]);
        Clean(_story.Accept(1).Settle(1, PendingStatus.Cancelled));
        Found(_story.Accept(2).Run(2).Settle(2, PendingStatus.Cancelled), ViolationKind.Broken, "ran all the same");
    }

    [Fact]
    public void Cancelled_ThatObeyedItsToken_IsClean()
    {
        _story.CancelAsked.Add(1);
        Clean(_story.Accept(1, Deed.Obey).Run(1).Settle(1, PendingStatus.Cancelled));
    }

    [Fact]
    public void Cancelled_BetweenTwoDeliveries_IsClean()
    {
        _story.CancelAsked.Add(1);
        _story.Killed.Add(1);
        Clean(_story.Accept(1, with: Again).Begin(1).Settle(1, PendingStatus.Cancelled));
    }

    [Fact]
    public void Cancelled_ByNobody_IsLost() =>
        Found(_story.Accept(1).Settle(1, PendingStatus.Cancelled), ViolationKind.Lost, "nobody cancelled");

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, true)]
    public void Cancelled_ByAShutdown_MayHaveRunOnlyInAnAbort(int injected, bool clean)
    {
        _story.Injected = (Injected)injected;
        Clean(_story.Accept(1).Settle(1, PendingStatus.Cancelled));
        Assert.Equal(clean, _story.Accept(2).Begin(2).Settle(2, PendingStatus.Cancelled).Check().IsClean);
    }

    [Fact]
    public void Faulted_WhoseHandlerDoesNotThrow_IsLost()
    {
        Clean(_story.Accept(1, Deed.Throw).Run(1).Settle(1, PendingStatus.Faulted));
        Found(_story.Accept(2).Run(2).Settle(2, PendingStatus.Faulted), ViolationKind.Lost, "does not throw");
    }

    [Fact]
    public void TimedOut_WithoutALimit_IsLost()
    {
        Clean(
            _story.Accept(1, Deed.Obey, one => one with { HasTimeout = true }).Run(1).Settle(1, PendingStatus.TimedOut)
        );
        Found(_story.Accept(2, Deed.Obey).Run(2).Settle(2, PendingStatus.TimedOut), ViolationKind.Lost, "not limited");
    }
}
