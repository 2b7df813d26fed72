using EventDrivenActors.EventLoop;

namespace EventDrivenActors.Pure.Tests.EventLoop;

/// <content>How a run ends.</content>
public sealed partial class ControllerLoopTests
{
    [Fact]
    public void Deadline_OfADrain_StillRunsTheShutdownHandlers()
    {
        TaskCompletionSource gate = new();
        List<string> ran = [];
        LoopRig rig = new(
            new MappingBlueprint()
                .On("run", () => gate.Task)
                .On(ControllerEvents.Shutdown, (Session _) => ran.Add("shutdown"))
        );
        rig.Loop.Run(null);
        _ = rig.Dispatch("run");
        CountingPending queued = rig.Dispatch("run");
        rig.Pump();
        Task<ShutdownReport> report = rig.Loop.Shutdown(ShutdownMode.Drain, Deadline);
        rig.Time.Advance(Deadline);
        rig.Loop.Clean();
        rig.End(gate);
        rig.Pump();

        Assert.Equal(PendingStatus.Cancelled, queued.Status);
        Assert.Equal(["shutdown"], ran);
        Assert.True(report.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task ErrorEvent_LeftOverByAnAbort_IsReportedAndDoesNotRunLater()
    {
        List<object?> errors = [];
        LoopRig rig = new(
            new MappingBlueprint()
                .On("fail", (Session _) => throw new InvalidOperationException("It fails."))
                .On(ControllerEvents.Error, (Session session) => errors.Add(session.Value))
        );
        rig.Loop.Run(null);
        rig.Post("fail");
        rig.Host.TakeScheduled();
        ActorThread.Run(() => rig.Loop.Loop.Drain(1));
        rig.Loop.Terminate(EventOutcome.Closed);
        rig.Pump();
        Assert.Equal(1, rig.Host.Failures);
        Assert.True(rig.Loop.IsIdle);
        await rig.Loop.WaitForIdleAsync(default).WaitAsync(TestSupport.HangGuard.Limit);
        rig.Loop.Run(null);
        rig.Pump();
        Assert.Empty(errors);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void HandlerLeftBehindByAnAbort_EndsItsEventAfterTheRun_AndTakesNothingOfTheNext(
        bool endsBeforeTheRunIsClosed
    )
    {
        int idle = 0;
        int started = 0;
        TaskCompletionSource gate = new(TaskCreationOptions.RunContinuationsAsynchronously);
        LoopRig rig = new(
            new MappingBlueprint()
                .On("hold", () => gate.Task)
                .On(
                    "x",
                    () =>
                    {
                        started++;
                    }
                ),
            settings => settings with { WentIdle = () => idle++ }
        );
        rig.Loop.Run(null);
        rig.Dispatch("hold");
        rig.Pump();
        rig.Loop.Terminate(EventOutcome.Closed);
        if (!endsBeforeTheRunIsClosed)
        {
            Assert.True(rig.Host.TakeEnded());
            rig.Loop.Close([]);
        }

        rig.End(gate);
        if (endsBeforeTheRunIsClosed)
        {
            // The host could give no turn any more, so it must hear of it again.
            Assert.True(rig.Host.TakeScheduled());
            Assert.True(rig.Host.TakeEnded());
            rig.Loop.Close([]);
        }

        Assert.True(rig.Host.IsScheduled);
        Assert.True(rig.Loop.IsHandling);
        rig.Loop.Run(null);
        rig.Post("x");
        int before = idle;
        ActorThread.Run(() =>
        {
            rig.Loop.Loop.EndLeftBehind();
            return true;
        });

        Assert.False(rig.Loop.IsHandling);
        Assert.True(idle > before);
        Assert.Equal(0, started);
        rig.Pump();
        Assert.Equal(1, started);
    }

    [Fact]
    public void Suspension_BetweenTakingAndStarting_HoldsTheEvent()
    {
        int started = 0;
        LoopRig rig = new(
            new MappingBlueprint().On(
                "x",
                () =>
                {
                    started++;
                }
            )
        );
        rig.Loop.Run(null);
        rig.Loop.Loop.Tap = new SuspendingTap(rig.Loop);
        CountingPending pending = rig.Dispatch("x");
        rig.Pump();
        Assert.Equal(0, started);
        Assert.Equal(PendingStatus.Running, pending.Status);
        Assert.False(rig.Loop.IsIdle);

        rig.Loop.Loop.Tap = null;
        rig.Loop.Resume();
        Assert.True(
            SpinWait.SpinUntil(
                () =>
                {
                    rig.Pump();
                    return pending.IsSettled;
                },
                TestSupport.HangGuard.Limit
            )
        );

        Assert.Equal(1, started);
    }

    private sealed class SuspendingTap(LoopFacade loop) : ITap
    {
        public bool Hears(object key) => true;

        public void Taken(Session session) => loop.Suspend();
    }
}
