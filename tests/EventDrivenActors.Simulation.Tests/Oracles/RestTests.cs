using EventDrivenActors.Simulation.Notes;

namespace EventDrivenActors.Simulation.Tests.Oracles;

/// <summary>P8, P10 and P13: what does not wait on where nothing can run, and a timer's second run.</summary>
public sealed class RestTests
{
    private readonly History _history = new();

    [Fact]
    public void WaitForIdle_ThatEndsAtOnce_IsGood() =>
        _history
            .Call("Run", 9)
            .Begin("WaitIdle 0", 1)
            .Return("WaitIdle ended", 1)
            .Add(NoteKind.Quiet, text: "Running", node: 0, count: 1)
            .After(5)
            .Call("Resume", 2)
            .IsGood();

    [Fact]
    public void WaitForIdle_OfAnIdleNode_IsFound() =>
        _history
            .Call("Run", 9)
            .Begin("WaitIdle 0", 1)
            .Add(NoteKind.Quiet, text: "Running", node: 0, count: 1)
            .After(5)
            .Call("Resume", 2)
            .Return("WaitIdle ended", 1)
            .Breaks("P10", "a wait for that goes on");

    [Fact]
    public void Drain_OfWhatHasNothing_IsFound() =>
        _history
            .Call("Run", 9)
            .Begin("Shutdown Drain ", 1)
            .Add(NoteKind.Quiet, text: "Stopping", node: 0, count: 1)
            .After(5)
            .Return("Shutdown completed=0 failed=0 cancelled=0 abandoned=0 vetoed=False ended=True errors=0", 1)
            .Breaks("P8", "its shutdown goes on");

    [Fact]
    public void StoppedNode_ThatIsNotIdle_IsFound() =>
        _history
            .Add(NoteKind.Quiet, text: "Stopped", node: 0)
            .After(5)
            .Call("Resume", 2)
            .Breaks("P10", "says that it is not idle");

    [Theory]
    [InlineData(0, 10, true)]
    [InlineData(1, 10, false)]
    [InlineData(1, 30, true)]
    public void FirstTick_OfASecondRun_HasNoMisses(int misses, double after, bool isGood)
    {
        _history
            .Controller(spec => spec with { Timer = 10 })
            .Add(NoteKind.Quiet, text: "Stopped", node: 0, count: 1)
            .Call("Run", 1)
            .After(after)
            .Add(NoteKind.Tick, node: 0, count: misses);
        Assert.Equal(isGood, _history.Check().Count == 0);
    }
}
