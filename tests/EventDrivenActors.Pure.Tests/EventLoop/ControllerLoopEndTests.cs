namespace EventDrivenActors.Pure.Tests.EventLoop;

/// <summary>What meets the end of a run at the same instant.</summary>
public sealed class ControllerLoopEndTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    [Theory]
    [InlineData(ShutdownMode.Finish)]
    [InlineData(ShutdownMode.Abort)]
    public async Task RunThatWouldEnd_WhileItsEventsAreBeingCounted_EndsAfterwards(ShutdownMode mode)
    {
        LoopRig rig = new(new MappingBlueprint().On("run", () => 1));
        rig.Loop.Run(null);
        rig.Host.OnEnded = () => rig.Loop.Close([]);
        CountingPending queued = rig.Dispatch("run");
        queued.WhenItSettles = rig.Pump;

        ShutdownReport report = await rig
            .Loop.Shutdown(mode, Deadline, announce: false)
            .WaitAsync(TestSupport.HangGuard.Limit);

        Assert.Equal((0, 1, 0), (report.Completed, report.Cancelled, report.Abandoned));
    }

    [Fact]
    public async Task Clean_WhileTheRunEnds_IsInItsReport()
    {
        TaskCompletionSource gate = new();
        LoopRig rig = new(new MappingBlueprint().On("run", () => gate.Task));
        rig.Loop.Run(null);
        rig.Host.OnEnded = () => rig.Loop.Close([]);
        _ = rig.Dispatch("run");
        rig.Pump();
        CountingPending queued = rig.Dispatch("run");
        Task<ShutdownReport>? shutdown = null;
        queued.WhenItSettles = () => shutdown = rig.Loop.Shutdown(ShutdownMode.Abort, Deadline, announce: false);

        Assert.Equal(1, rig.Loop.Clean());
        ShutdownReport report = await shutdown!.WaitAsync(TestSupport.HangGuard.Limit);

        Assert.Equal((0, 1, 1), (report.Completed, report.Cancelled, report.Abandoned));
    }

    [Fact]
    public void RunThatIsEndedFromOutside_CannotBeVetoed()
    {
        TaskCompletionSource gate = new();
        LoopRig rig = new(
            new MappingBlueprint()
                .On(
                    "defer",
                    session =>
                    {
                        session.Defer();
                    }
                )
                .On(
                    ControllerEvents.Shutdown,
                    session =>
                    {
                        session.Skip();
                        return gate.Task;
                    }
                )
        );
        rig.Loop.Run(null);
        CountingPending deferred = rig.Dispatch("defer");
        rig.Pump();
        Task<ShutdownReport> shutdown = rig.Loop.Shutdown(ShutdownMode.Drain, Deadline);
        rig.Pump();
        deferred.WhenItSettles = () =>
        {
            // The shutdown handler obeys its token and ends while the run is being ended.
            rig.End(gate);
            rig.Pump();
        };

        rig.Loop.Terminate(EventOutcome.Closed);
        rig.Pump();

        Assert.Equal(ControllerState.Stopped, rig.Loop.State);
        Assert.True(shutdown.IsCompletedSuccessfully);
        Assert.Equal(PendingStatus.Closed, deferred.Status);
    }

    [Fact]
    public void Run_PreparedFromAStateThatIsNoLonger_DoesNotBegin()
    {
        LoopRig rig = new(new MappingBlueprint());
        rig.Host.OnEnded = () => rig.Loop.Close([]);
        _ = rig.Loop.Shutdown(ShutdownMode.Drain, Deadline);

        Assert.False(rig.Loop.Run(null, ControllerState.Created));
        Assert.True(rig.Loop.Run(null, ControllerState.Stopped));
    }
}
