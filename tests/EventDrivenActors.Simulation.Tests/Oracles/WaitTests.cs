using EventDrivenActors.Simulation.Notes;

namespace EventDrivenActors.Simulation.Tests.Oracles;

/// <summary>P15: every cycle of waits is refused, and nothing else is.</summary>
public sealed class WaitTests
{
    private const string Refused = "SelfAwaitException: x";

    private readonly History _history = new();

    [Fact]
    public void Refusal_OfAWaitForItself_IsGood() =>
        _history
            .Accept(1)
            .Start(1)
            .Wait(1, "Await", 1, 0, awaited: 2)
            .Accept(2, "Handler")
            .Waited(1, Refused, 1, 0, awaited: 2)
            .End(1)
            .Settle(1)
            .Start(2)
            .End(2)
            .Settle(2)
            .IsGood();

    [Fact]
    public void Refusal_OfAWaitForAFreeNode_IsFound() =>
        _history
            .Controller()
            .Controller()
            .Accept(1)
            .Start(1)
            .Wait(1, "Await", 1, 1, awaited: 2)
            .Accept(2, "Handler", node: 1)
            .Waited(1, Refused, 1, 1, awaited: 2)
            .End(1)
            .Settle(1)
            .Start(2)
            .End(2)
            .Settle(2)
            .Breaks("P15", "was refused to wait");

    [Fact]
    public void Refusal_InAPoolWithAFreeWorker_IsFound() =>
        _history
            .Pool(2)
            .Accept(1)
            .Start(1, worker: 0)
            .Wait(1, "Await", 1, 0, awaited: 2)
            .Accept(2, "Handler")
            .Waited(1, Refused, 1, 0, awaited: 2)
            .Start(2, worker: 1)
            .End(2, worker: 1)
            .Settle(2)
            .End(1, worker: 0)
            .Settle(1)
            .Breaks("P15", "was refused to wait");

    [Fact]
    public void Refusal_OfTheLastWaitOfAChain_IsGood() =>
        _history
            .Controller()
            .Controller()
            .Accept(1)
            .Start(1)
            .Wait(1, "Await", 1, 1, awaited: 2)
            .Accept(2, "Handler", node: 1)
            .Start(2)
            .Wait(2, "Await", 2, 0, awaited: 3)
            .Accept(3, "Handler")
            .Waited(2, Refused, 2, 0, awaited: 3)
            .End(2)
            .Settle(2)
            .Waited(1, "ended", 1, 1, awaited: 2)
            .End(1)
            .Settle(1)
            .Start(3)
            .End(3)
            .Settle(3)
            .IsGood();

    [Fact]
    public void Refusal_ThatTheAwaitedEventFailedWith_IsGood() =>
        _history
            .Controller()
            .Controller()
            .Accept(1)
            .Start(1)
            .Wait(1, "Await", 1, 1, awaited: 2)
            .Accept(2, "Handler", node: 1)
            .Start(2)
            .End(2, $"Threw {Refused}")
            .Settle(2, $"Faulted {Refused}")
            .Waited(1, Refused, 1, 1, awaited: 2)
            .End(1)
            .Settle(1)
            .IsGood();

    [Fact]
    public void Refusal_OfAWaitForItsOwnIdleness_IsGood() =>
        _history.Accept(1).Start(1).Wait(1, "WaitIdle", 1, 0).Waited(1, Refused, 1, 0).End(1).Settle(1).IsGood();

    [Fact]
    public void Cycle_ThatStands_IsFound() =>
        _history
            .Accept(1)
            .Start(1)
            .Wait(1, "Await", 1, 0, awaited: 2)
            .Accept(2, "Handler")
            .After(100)
            .Add(NoteKind.CancelAsked, 2)
            .Settle(2, "Cancelled")
            .Waited(1, "X: cancelled", 1, 0, awaited: 2)
            .End(1)
            .Settle(1)
            .Breaks("P15", "is not refused");

    [Fact]
    public void Wait_ForANodeThatIsBusy_Stands() =>
        _history
            .Controller()
            .Controller()
            .Accept(3, node: 1)
            .Start(3)
            .Accept(1)
            .Start(1)
            .Wait(1, "Await", 1, 1, awaited: 2)
            .Accept(2, "Handler", node: 1)
            .After(100)
            .End(3)
            .Settle(3)
            .Start(2)
            .End(2)
            .Settle(2)
            .Waited(1, "ended", 1, 1, awaited: 2)
            .End(1)
            .Settle(1)
            .IsGood();
}
