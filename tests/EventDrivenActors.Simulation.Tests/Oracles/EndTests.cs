using EventDrivenActors.Simulation.Notes;
using EventDrivenActors.Simulation.Programs;

namespace EventDrivenActors.Simulation.Tests.Oracles;

/// <summary>P1: each event settles exactly once, as something that the run explains.</summary>
public sealed class EndTests
{
    private readonly History _history = new();

    [Fact]
    public void Run_WithoutFaults_IsGood() => _history.Run(1).Run(2).IsGood();

    [Fact]
    public void Event_ThatNeverSettles_IsFound() => _history.Accept(1).Start(1).End(1).Breaks("P1", "never settled");

    [Fact]
    public void Post_NeedsNoSettlement() => _history.Accept(1, "Post").Start(1).End(1).IsGood();

    [Fact]
    public void Event_ThatSettlesTwice_IsFound() =>
        _history.Run(1).Settle(1, "Cancelled").Breaks("P1", "settled twice");

    [Fact]
    public void Completed_WithoutARun_IsFound() => _history.Accept(1).Settle(1).Breaks("P1", "did not run to its end");

    [Fact]
    public void Completed_WhoseHandlerThrew_IsFound() =>
        _history.Accept(1).Start(1).End(1, "Threw X: x").Settle(1).Breaks("P1", "did not run to its end");

    [Fact]
    public void Completed_WithTooFewResults_IsFound() =>
        _history
            .Controller(spec => spec with { Keys = [History.Key() with { Twice = true }] })
            .Run(1)
            .Breaks("P1", "has 2 handlers");

    [Fact]
    public void Unmapped_CompletesWithoutResults()
    {
        _history.Accept(1, key: "k9").Settle(1, results: 0).IsGood();
        _history.Accept(2, key: "k9").Settle(2, results: 1).Breaks("P1", "has 0 handlers");
    }

    [Fact]
    public void Broadcast_HasAResultOfEachWorker()
    {
        _history
            .Pool(2, PoolRouting.Broadcast)
            .Accept(1)
            .Start(1, worker: 0)
            .Start(1, worker: 1)
            .End(1, worker: 0)
            .End(1, worker: 1)
            .Settle(1, results: 2)
            .IsGood();
        _history.Accept(2).Start(2, worker: 0).End(2, worker: 0).Settle(2, results: 1).Breaks("P1", "has 2 handlers");
    }

    [Fact]
    public void Edits_OfTheMapping_ChangeTheNumberOfResults() =>
        _history
            .Call("Map k0", 1)
            .Accept(1)
            .Start(1)
            .End(1)
            .Start(1, text: "Mapped")
            .End(1)
            .Settle(1, results: 2)
            .IsGood();

    [Theory]
    [InlineData(2, true, true)]
    [InlineData(3, true, false)]
    [InlineData(2, false, false)]
    public void Skipped_IsForAHook(int number, bool skips, bool isGood)
    {
        _history
            .Controller(spec => spec with { Keys = [History.Key(before: skips ? HookKind.SkipsEven : HookKind.None)] })
            .Accept(number)
            .Settle(number, "Skipped");
        Assert.Equal(isGood, _history.Check().Count == 0);
    }

    [Fact]
    public void Completed_ThatAHookSkips_IsFound() =>
        _history
            .Controller(spec => spec with { Keys = [History.Key(before: HookKind.SkipsEven)] })
            .Run(2)
            .Breaks("P1", "before hook skips");

    [Fact]
    public void Faulted_IsForAThrow()
    {
        _history.Accept(1).Start(1).End(1, "Threw X: x").Settle(1, "Faulted X: x").IsGood();
        _history.Accept(2).Start(2).End(2).Settle(2, "Faulted X: x").Breaks("P1", "threw");
    }

    [Fact]
    public void Cancelled_IsForACancel()
    {
        _history.Accept(1).Add(NoteKind.CancelAsked, 1).Settle(1, "Cancelled").IsGood();
        _history.Accept(2).Settle(2, "Cancelled").Breaks("P1", "nobody cancelled it");
    }

    [Theory]
    [InlineData(0, 10, false)]
    [InlineData(0, 1000, true)]
    [InlineData(1, 10, true)]
    [InlineData(2, 10, true)]
    public void Cancelled_IsForAShutdown_ThatIsStrictOrPastItsDeadline(int mode, double after, bool isGood)
    {
        _history
            .Call("Run", 9)
            .Accept(1)
            .Begin($"Shutdown {(ShutdownMode)mode} 1000", 1, count: mode)
            .After(after)
            .Settle(1, "Cancelled")
            .Return("Shutdown completed=0 failed=0 cancelled=1 abandoned=0 vetoed=False ended=True errors=0", 1);
        Assert.Equal(isGood, _history.Check().Count == 0);
    }

    [Fact]
    public void Cancelled_ByAFinishWhileItRuns_IsFound() =>
        _history
            .Call("Run", 9)
            .Accept(1)
            .Start(1)
            .Begin("Shutdown Finish 1000", 1, count: 1)
            .End(1)
            .Settle(1, "Cancelled")
            .Return("Shutdown completed=0 failed=0 cancelled=1 abandoned=0 vetoed=False ended=True errors=0", 1)
            .Breaks("P1", "nobody cancelled it");

    [Fact]
    public void TimedOut_BeforeItsTime_IsFound()
    {
        _history.Accept(1, timeout: 50).Start(1).After(50).Settle(1, "TimedOut").End(1, "Threw X").IsGood();
        _history
            .Accept(2, timeout: 50)
            .Start(2)
            .After(20)
            .Settle(2, "TimedOut")
            .End(2, "Threw X")
            .Breaks("P1", "only 20 of 50 ms");
    }

    [Fact]
    public void TimedOut_WithoutATimeout_IsFound() =>
        _history.Accept(1).Start(1).After(20).Settle(1, "TimedOut").End(1, "Threw X").Breaks("P1", "has no time-out");

    [Fact]
    public void ChildLost_WithoutADeath_IsFound()
    {
        _history
            .Parent()
            .Accept(1)
            .Start(1, child: 1)
            .Add(NoteKind.ChildNews, text: "child 1 dies before Settled", node: 0)
            .Settle(1, "ChildLost")
            .IsGood();
        new History()
            .Parent()
            .Accept(1)
            .Start(1, child: 1)
            .Settle(1, "ChildLost")
            .Breaks("P1", "nothing had happened to a child");
    }

    [Fact]
    public void Poisoned_BeforeItsLastAttempt_IsFound()
    {
        History Twice() =>
            new History()
                .Parent(child => child with { Idempotent = ["k0"], MaxAttempts = 2 })
                .Accept(1)
                .Start(1, child: 1)
                .Add(NoteKind.ChildNews, text: "dies", node: 0);
        Twice()
            .Start(1, child: 2, attempt: 2)
            .Add(NoteKind.ChildNews, text: "dies", node: 0)
            .Settle(1, "Poisoned")
            .IsGood();
        Twice().Settle(1, "Poisoned").Breaks("P1", "started 1 times of 2");
    }

    [Fact]
    public void Closed_WhileTheSystemLives_IsFound()
    {
        _history.Accept(1).Settle(1, "Closed").Breaks("P1", "actor system");
        new History().Accept(1).Begin("EndSystem", 1).Settle(1, "Closed").Return("EndSystem ended", 1).IsGood();
    }
}
