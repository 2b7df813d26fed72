using EventDrivenActors.EventLoop;

namespace EventDrivenActors.Pure.Tests.EventLoop;

public sealed class LoopControlTests
{
    private readonly LoopControl _control = new();

    public LoopControlTests() => _control.BeginRun();

    [Fact]
    public void HoldsBack_EventOfAStep_IsLetThrough()
    {
        _control.Suspend();
        _control.AllowStep();

        Assert.True(_control.TryStep());
        Assert.False(_control.HoldsBack);
        Assert.False(_control.TryStep());
        Assert.True(_control.HoldsBack);
    }

    [Fact]
    public void HoldsBack_SuspendedAgainWhileTheEventOfAStepHasNotStarted_LetsItThrough()
    {
        _control.Suspend();
        _control.AllowStep();
        _control.TryStep();

        _control.Suspend();

        Assert.False(_control.HoldsBack);
    }

    /// <summary>A step is for one suspension; the event after it is held at the next one.</summary>
    [Fact]
    public void HoldsBack_SuspendedAgainAfterAStepAndAResume_HoldsTheNextEvent()
    {
        _control.Suspend();
        _control.AllowStep();
        _control.TryStep();
        _control.Resume();

        _control.Suspend();

        Assert.True(_control.HoldsBack);
    }
}
