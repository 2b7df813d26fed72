using EventDrivenActors.Simulation.Notes;
using EventDrivenActors.Simulation.Oracles;

namespace EventDrivenActors.Simulation.Tests.Oracles;

/// <summary>P5, P8, P10, P11 and P13: errors, ends, waits, room and timers of a node, and what is left.</summary>
public sealed class NodeTests
{
    private readonly History _history = new();

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(2, false)]
    public void Error_IsHeardOnce(int times, bool isGood)
    {
        _history
            .Controller(spec => spec with { HearsErrors = true })
            .Accept(1)
            .Start(1)
            .End(1, "Threw X: x")
            .Settle(1, "Faulted X: x");
        for (int i = 0; i < times; i++)
        {
            _history.Add(NoteKind.ErrorHeard, text: "X: x", node: 0);
        }

        _history.Add(NoteKind.Quiet, text: "Running", node: 0, count: 1).After(1).Add(NoteKind.ClientsEnded);
        Assert.Equal(isGood, _history.Check().Count == 0);
    }

    [Theory]
    [InlineData(1, 0, 0, true)]
    [InlineData(0, 1, 0, false)]
    [InlineData(2, 0, 0, false)]
    [InlineData(1, 0, 1, false)]
    public void Report_CountsWhatWasOpen(int completed, int failed, int cancelled, bool isGood)
    {
        _history
            .Call("Run", 9)
            .Run(1)
            .After(1)
            .Accept(2)
            .Begin("Shutdown Drain ", 1)
            .Start(2)
            .End(2)
            .Settle(2)
            .Return(
                $"Shutdown completed={completed} failed={failed} cancelled={cancelled} abandoned=0 vetoed=False "
                    + "ended=True errors=0",
                1
            );
        Assert.Equal(isGood, _history.Check().Count == 0);
    }

    [Fact]
    public void Report_CountsAHandlerThatRunsOn_AsAbandoned() =>
        _history
            .Call("Run", 9)
            .Accept(1, timeout: 5)
            .Start(1)
            .Begin("Shutdown Drain 10", 1)
            .After(5)
            .Add(NoteKind.TokenFired, 1)
            .Settle(1, "TimedOut")
            .After(15)
            .Return("Shutdown completed=0 failed=0 cancelled=0 abandoned=1 vetoed=False ended=True errors=0", 1)
            .End(1)
            .IsGood();

    [Fact]
    public void Shutdown_ThatReturnsLate_IsFound() =>
        _history
            .Begin("Shutdown Drain 1000", 1)
            .After(7000)
            .Return("Shutdown completed=0 failed=0 cancelled=0 abandoned=0 vetoed=False ended=True errors=0", 1)
            .Breaks("P8", "returned after 7000 ms");

    [Fact]
    public void Shutdown_ThatNeverReturns_IsFound() =>
        _history.Begin("Shutdown Drain 1000", 1).Breaks("P8", "has not returned");

    [Fact]
    public void Refusal_OfARunningNode_IsFound() =>
        _history.Offer(1).Add(NoteKind.Refused, 1, "ControllerClosedException: x").Breaks("P8", "nobody had shut down");

    [Theory]
    [InlineData(1, true)]
    [InlineData(0, false)]
    [InlineData(2, false)]
    public void Clean_CountsWhatItCancels(int count, bool isGood)
    {
        _history.Accept(1).Begin("Clean 0", 1).Settle(1, "Cancelled").Return("Clean ended", 1, count: count);
        Assert.Equal(isGood, _history.Check().Count == 0);
    }

    [Fact]
    public void Idle_ThatNeverWas_IsFound()
    {
        _history
            .Accept(1)
            .Begin("WaitIdle 0", 1)
            .Return("WaitIdle ended", 1)
            .Start(1)
            .End(1)
            .Settle(1)
            .Breaks("P10", "never idle");
        new History().Accept(1).Begin("WaitIdle 0", 1).Start(1).End(1).Return("WaitIdle ended", 1).Settle(1).IsGood();
    }

    [Fact]
    public void Pending_ThatWasNotTaken_IsFound()
    {
        _history
            .Accept(1)
            .Begin("WaitPending 0", 1)
            .Return("WaitPending ended", 1)
            .Start(1)
            .End(1)
            .Settle(1)
            .Breaks("P10", "had not been taken");
        new History()
            .Accept(1)
            .Begin("WaitPending 0", 1)
            .Start(1)
            .Return("WaitPending ended", 1)
            .End(1)
            .Settle(1)
            .IsGood();
    }

    [Fact]
    public void Ready_WithoutARun_IsFound()
    {
        _history.Call("WaitReady", 1).Breaks("P10", "never been run");
        new History().Call("Run", 1).Call("WaitReady", 2).IsGood();
    }

    [Fact]
    public void IsIdle_ThatIsUntrue_IsFound()
    {
        _history
            .Accept(1)
            .Start(1)
            .Add(NoteKind.Quiet, text: "Running", node: 0, count: 1)
            .After(1)
            .End(1)
            .Settle(1)
            .Breaks("P10", "says that it is idle");
        new History()
            .Run(1)
            .Add(NoteKind.Quiet, text: "Running", node: 0)
            .After(1)
            .Call("Clean", 1)
            .Breaks("P10", "says that it is not idle");
    }

    [Fact]
    public void Wait_ThatNeverEnds_IsFound() => _history.Begin("WaitEnd 0", 1).Breaks("P10", "has not ended");

    [Fact]
    public void Queue_AboveItsCapacity_IsFound()
    {
        History Full(int capacity) =>
            new History()
                .Controller(spec => spec with { Capacity = capacity })
                .Accept(1)
                .Accept(2)
                .Accept(3)
                .Start(1)
                .End(1)
                .Settle(1)
                .Start(2)
                .End(2)
                .Settle(2)
                .Start(3)
                .End(3)
                .Settle(3);
        Full(3).IsGood();
        Full(1).Breaks("P11", "the capacity is 1");
    }

    [Fact]
    public void QueueFull_WithRoom_IsFound()
    {
        History Refuse(int capacity) =>
            new History()
                .Controller(spec => spec with { Capacity = capacity })
                .Accept(1)
                .Offer(2)
                .Add(NoteKind.Refused, 2, "QueueFullException: x")
                .Start(1)
                .End(1)
                .Settle(1);
        Refuse(1).IsGood();
        Refuse(2).Breaks("P11", "1 events were open");
    }

    [Theory]
    [InlineData(QueueFullMode.DropOldest, 1, true)]
    [InlineData(QueueFullMode.DropOldest, 2, false)]
    [InlineData(QueueFullMode.DropNewest, 3, true)]
    [InlineData(QueueFullMode.DropNewest, 1, false)]
    public void Drop_IsOfTheOldestOrTheNewest(QueueFullMode mode, int dropped, bool isGood)
    {
        _history
            .Controller(spec => spec with { Capacity = 2, FullMode = mode })
            .Accept(1)
            .Accept(2)
            .Add(NoteKind.Quiet, text: "Suspended", node: 0)
            .After(1)
            .Accept(3)
            .Settle(dropped, "Cancelled");
        for (int number = 1; number <= 3; number++)
        {
            if (number != dropped)
            {
                _history.Start(number).End(number).Settle(number);
            }
        }

        Assert.Equal(isGood, _history.Check().Count == 0);
    }

    [Fact]
    public void Ticks_ThatBurst_AreFound()
    {
        History Tick(double after) =>
            new History()
                .Controller(spec => spec with { Timer = 10 })
                .Add(NoteKind.Tick, node: 0)
                .After(after)
                .Add(NoteKind.Tick, node: 0)
                .After(10)
                .Add(NoteKind.Tick, node: 0)
                .After(after)
                .Add(NoteKind.Tick, node: 0);
        Tick(1).IsGood();
        _history
            .Controller(spec => spec with { Timer = 10 })
            .Add(NoteKind.Tick, node: 0)
            .Add(NoteKind.Tick, node: 0)
            .Add(NoteKind.Tick, node: 0)
            .Breaks("P13", "three times in 0 ms");
    }

    [Fact]
    public void Ticks_OfAStoppedTimer_AreFound() =>
        _history
            .Controller(spec => spec with { Timer = 10 })
            .Call("SetTiming", 1)
            .Add(NoteKind.Tick, node: 0)
            .After(10)
            .Add(NoteKind.Tick, node: 0)
            .Breaks("P13", "was stopped");

    [Fact]
    public void WhatTheProgramSaw_IsHandedOn() =>
        _history.Add(NoteKind.Broken, text: "P12 The value changed.").Breaks("P12", "The value changed.");

    [Fact]
    public void WhatIsLeft_IsFound()
    {
        _history.Add(NoteKind.Left, text: "timers", count: 0).IsGood();
        _history.Add(NoteKind.Left, text: "timers", count: 2).Breaks("End", "2 timers");
    }

    [Fact]
    public void FloodOfTheLog_IsFound()
    {
        for (int i = 0; i < 100; i++)
        {
            _history.Add(NoteKind.Logged, text: "Warning x");
        }

        _history.Breaks("P11", "100 lines");
    }

    [Fact]
    public void RealRun_IsNotJudgedByInstants()
    {
        IReadOnlyList<Breach> found = _history
            .Accept(1)
            .Accept(2)
            .Start(1)
            .Start(2)
            .End(1)
            .Settle(1)
            .End(2)
            .Settle(2)
            .Check(isReal: true);
        Assert.Empty(found);
    }
}
