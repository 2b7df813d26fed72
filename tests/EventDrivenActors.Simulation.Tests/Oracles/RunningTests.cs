using EventDrivenActors.Simulation.Notes;

namespace EventDrivenActors.Simulation.Tests.Oracles;

/// <summary>P2, P3, P4, P9, P14 and P16: what runs, when, how often, and in which order.</summary>
public sealed class RunningTests
{
    private readonly History _history = new();

    [Fact]
    public void TwoHandlers_InAController_AreFound() =>
        _history.Accept(1).Accept(2).Start(1).Start(2).End(1).Settle(1).End(2).Settle(2).Breaks("P2", "may run 1");

    [Fact]
    public void TwoHandlers_InAPoolOfTwo_AreGood() =>
        _history
            .Pool(2)
            .Accept(1)
            .Accept(2)
            .Start(1, worker: 0)
            .Start(2, worker: 1)
            .End(1, worker: 0)
            .Settle(1)
            .End(2, worker: 1)
            .Settle(2)
            .IsGood();

    [Fact]
    public void Resize_LetsRunningHandlersEnd() =>
        _history
            .Pool(2)
            .Accept(1)
            .Accept(2)
            .Accept(3)
            .Start(1, worker: 0)
            .Start(2, worker: 1)
            .Call("Resize", 1, count: 1)
            .End(1, worker: 0)
            .Settle(1)
            .Start(3, worker: 0)
            .End(3, worker: 0)
            .Settle(3)
            .End(2, worker: 1)
            .Settle(2)
            .IsGood();

    [Fact]
    public void TwoHandlers_AfterAResizeToOne_AreFound() =>
        _history
            .Pool(2)
            .Call("Resize", 1, count: 1)
            .Accept(1)
            .Accept(2)
            .Start(1, worker: 0)
            .Start(2, worker: 1)
            .End(1, worker: 0)
            .Settle(1)
            .End(2, worker: 1)
            .Settle(2)
            .Breaks("P2", "may run 1");

    [Fact]
    public void TwoHandlers_InAChildWithOneWorker_AreFound() =>
        _history
            .Parent()
            .Accept(1)
            .Accept(2)
            .Start(1, child: 1)
            .Start(2, child: 1)
            .End(1, child: 1)
            .Settle(1)
            .End(2, child: 1)
            .Settle(2)
            .Breaks("P2", "the child 1");

    [Fact]
    public void WaitingEvent_InAFreeController_IsFound() =>
        _history
            .Accept(1)
            .Add(NoteKind.Quiet, text: "Running", node: 0)
            .After(5)
            .Start(1)
            .End(1)
            .Settle(1)
            .Breaks("P2", "no handler runs");

    [Fact]
    public void Start_BeforeAnEarlierEvent_IsFound() =>
        _history
            .Accept(1)
            .Accept(2)
            .Start(2)
            .End(2)
            .Settle(2)
            .Start(1)
            .End(1)
            .Settle(1)
            .Breaks("P3", "which was dispatched later");

    [Fact]
    public void Start_OfConcurrentDispatches_HasNoOrder() =>
        _history
            .Offer(1)
            .Accept(2)
            .Add(NoteKind.Accepted, 1, "Dispatch")
            .Start(1)
            .End(1)
            .Settle(1)
            .Start(2)
            .End(2)
            .Settle(2)
            .IsGood();

    [Fact]
    public void Start_OfTwoKeysOfAHash_HasNoOrder()
    {
        History Two(string key) =>
            new History()
                .Controller(spec =>
                    spec with
                    {
                        Workers = 2,
                        Routing = PoolRouting.ConsistentHash,
                        Keys = [History.Key(), History.Key("k1")],
                    }
                )
                .Accept(1)
                .Accept(2, key: key)
                .Start(2, worker: 1)
                .End(2, worker: 1)
                .Settle(2)
                .Start(1, worker: 0)
                .End(1, worker: 0)
                .Settle(1);
        Two("k1").IsGood();
        Two("k0").Breaks("P3", "which was dispatched later");
    }

    [Fact]
    public void Start_InTheNextChild_HasNoOrder() =>
        _history
            .Parent(child => child with { Idempotent = ["k0"] })
            .Accept(1)
            .Accept(2)
            .Start(1, child: 1)
            .Add(NoteKind.ChildNews, text: "dies", node: 0)
            .Start(2, child: 2)
            .End(2, child: 2)
            .Settle(2)
            .Start(1, child: 2, attempt: 2)
            .End(1, child: 2, attempt: 2)
            .Settle(1)
            .IsGood();

    [Fact]
    public void SecondRun_InOneProcess_IsFound() =>
        _history.Accept(1).Start(1).End(1).Start(1).End(1).Settle(1).Breaks("P4", "ran twice");

    [Fact]
    public void SecondDelivery_OfWhatIsNotIdempotent_IsFound() =>
        _history
            .Parent()
            .Accept(1)
            .Start(1, child: 1)
            .Add(NoteKind.ChildNews, text: "dies", node: 0)
            .Start(1, child: 2, attempt: 2)
            .End(1, child: 2, attempt: 2)
            .Settle(1)
            .Breaks("P4", "not idempotent");

    [Fact]
    public void Deliveries_BeyondTheLimit_AreFound()
    {
        _history.Parent(child => child with { Idempotent = ["k0"], MaxAttempts = 1 }).Accept(1);
        for (int child = 1; child <= 3; child++)
        {
            _history.Start(1, child: child, attempt: child).Add(NoteKind.ChildNews, text: "dies", node: 0);
        }

        _history.Settle(1, "Poisoned").Breaks("P4", "delivered 3 times");
    }

    [Fact]
    public void NeighbourOfACrash_ThatIsLost_IsFound() =>
        _history
            .Parent()
            .Accept(1)
            .Accept(2)
            .Start(1, child: 1)
            .Add(NoteKind.ChildNews, text: "dies", node: 0)
            .Settle(1, "ChildLost")
            .Settle(2, "ChildLost")
            .Breaks("P4", "had not started");

    [Fact]
    public void Start_WhileSuspended_IsFound()
    {
        _history.Call("Suspend", 1).Accept(1).Start(1).End(1).Settle(1).Breaks("P9", "was suspended");
        new History().Call("Suspend", 1).Accept(1).Call("Resume", 2).Start(1).End(1).Settle(1).IsGood();
        new History().Begin("Suspend", 1).Accept(1).Start(1).End(1).Settle(1).Return("Suspend ended", 1).IsGood();
    }

    [Fact]
    public void Start_AfterACancel_IsFound() =>
        _history
            .Accept(1)
            .Add(NoteKind.CancelAsked, 1)
            .Start(1)
            .End(1)
            .Settle(1)
            .Breaks("P14", "after it had been cancelled");

    [Fact]
    public void Start_AfterTheEnd_IsFound() =>
        _history
            .Parent()
            .Accept(1, timeout: 5)
            .After(5)
            .Settle(1, "TimedOut")
            .Start(1, child: 1)
            .End(1, child: 1)
            .Breaks("P16", "started after");

    [Fact]
    public void Token_ThatDoesNotFire_IsFound()
    {
        _history
            .Accept(1)
            .Start(1)
            .Add(NoteKind.CancelAsked, 1)
            .After(10)
            .End(1, "Threw X")
            .Settle(1, "Cancelled")
            .Breaks("P14", "its token did not fire");
        new History()
            .Accept(1)
            .Start(1)
            .Add(NoteKind.CancelAsked, 1)
            .Add(NoteKind.TokenFired, 1)
            .After(10)
            .End(1, "Threw X")
            .Settle(1, "Cancelled")
            .IsGood();
    }

    [Fact]
    public void Timeout_ThatComesLate_IsFound()
    {
        _history
            .Accept(1, timeout: 5)
            .Start(1)
            .After(20)
            .Add(NoteKind.TokenFired, 1)
            .Settle(1, "TimedOut")
            .End(1, "Threw X")
            .Breaks("P14", "had not settled in time");
        new History()
            .Accept(1, timeout: 5)
            .Start(1)
            .Add(NoteKind.Jumped, count: 15)
            .After(20)
            .Add(NoteKind.TokenFired, 1)
            .Settle(1, "TimedOut")
            .End(1, "Threw X")
            .IsGood();
    }
}
