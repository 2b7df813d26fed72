using EventDrivenActors.EventLoop;
using EventDrivenActors.EventLoop.Mailbox;

namespace EventDrivenActors.Pure.Tests.EventLoop;

/// <summary>Faults that need their own arrangement, each with the sequence that showed it.</summary>
public sealed partial class ControllerLoopTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    [Fact]
    public void Timeout_FiringLate_DoesNotEndTheNextEvent()
    {
        TaskCompletionSource first = new();
        TaskCompletionSource second = new();
        LoopRig rig = new(new MappingBlueprint().On("first", () => first.Task).On("second", () => second.Task));
        rig.Loop.Run(null);
        CountingPending timed = rig.Dispatch("first", options: new EventOptions { Timeout = TimeSpan.FromSeconds(1) });
        CountingPending untimed = rig.Dispatch("second");
        rig.Pump();
        rig.End(first);
        rig.Pump();
        rig.Time.Advance(TimeSpan.FromSeconds(5));
        rig.Time.Callbacks.ForEach(callback => callback());

        Assert.Equal(PendingStatus.Completed, timed.Status);
        Assert.Equal(PendingStatus.Running, untimed.Status);
    }

    [Fact]
    public void Deadline_OfAShutdownThatHasEnded_DoesNotTouchTheNextRun()
    {
        LoopRig rig = new(new MappingBlueprint().On("run", () => new TaskCompletionSource().Task));
        rig.Loop.Run(null);
        rig.Host.OnEnded = () => rig.Loop.Close([]);
        Task<ShutdownReport> report = rig.Loop.Shutdown(ShutdownMode.Finish, Deadline, announce: false);
        Assert.True(report.IsCompletedSuccessfully);
        rig.Loop.Run(null);
        CountingPending running = rig.Dispatch("run");
        CountingPending queued = rig.Dispatch("run");
        rig.Pump();
        rig.Time.Advance(TimeSpan.FromMinutes(5));

        Assert.Equal(PendingStatus.Running, running.Status);
        Assert.Equal(PendingStatus.Queued, queued.Status);
    }

    [Fact]
    public async Task Drain_ThatMeetsABrokenEdge_EndsItsEventAndTheLoopGoesOn()
    {
        Session kept = default;
        LoopRig rig = new(
            new MappingBlueprint()
                .On("known", () => 1)
                .Before((Session session) => kept = kept == default ? session : kept)
        );
        rig.Host.OnUnhandled = () => throw new InvalidOperationException("The log is broken.");
        rig.Loop.Run(null);
        CountingPending unknown = rig.Dispatch("unknown");
        CountingPending known = rig.Dispatch("known");

        rig.Pump();
        Assert.Single(rig.Host.Broken);
        Assert.False(kept.IsActive);
        await Assert.ThrowsAsync<InvalidOperationException>(() =>
            unknown.AsTask().WaitAsync(TestSupport.HangGuard.Limit)
        );
        Assert.Equal(PendingStatus.Completed, known.Status);
    }

    [Fact]
    public void Report_DeferredEventSettledTwice_CountsOnce()
    {
        DeferredEvent? deferred = null;
        LoopRig rig = new(
            new MappingBlueprint().On(
                "run",
                (Session session) =>
                {
                    deferred = session.Defer();
                }
            )
        );
        rig.Loop.Run(null);
        _ = rig.Dispatch("run");
        rig.Pump();
        deferred!.Settle(EventOutcome.Completed([]));
        deferred.Settle(EventOutcome.Completed([]));

        Assert.Equal(new EventCounts(1, 0, 0), rig.Loop.Ended);
    }

    [Fact]
    public void Cancel_WhileTheFilterThatDeferredRuns_FiresBothTokens()
    {
        DeferredEvent? deferred = null;
        CancellationToken token = default;
        TaskCompletionSource gate = new();
        LoopRig rig = new(
            new MappingBlueprint().On(
                "run",
                (Session session) =>
                {
                    token = session.CancellationToken;
                    deferred = session.Defer();
                    return gate.Task;
                }
            )
        );
        rig.Loop.Run(null);
        CountingPending pending = rig.Dispatch("run");
        rig.Pump();
        pending.Cancel();

        Assert.True(token.IsCancellationRequested);
        Assert.True(
            SpinWait.SpinUntil(() => deferred!.CancellationToken.IsCancellationRequested, TestSupport.HangGuard.Limit)
        );
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void SharedQueue_WorkerThatEndsAfterItWasWoken_PassesItsTurnOn(bool killed)
    {
        EventMailbox shared = new(shared: true);
        List<int> ran = [];
        LoopRig[] workers =
        [
            .. Enumerable
                .Range(0, 2)
                .Select(i => new LoopRig(
                    new MappingBlueprint().On("run", () => ran.Add(i)),
                    settings => settings with { Shared = shared }
                )),
        ];
        Array.ForEach(
            workers,
            worker =>
            {
                worker.Loop.Run(null);
                worker.Pump();
            }
        );
        shared.Add(new QueuedEvent("run"));
        Assert.True(workers[0].Host.TakeScheduled());
        if (killed)
        {
            workers[0].Loop.Terminate(EventOutcome.Closed);
        }
        else
        {
            workers[0].Loop.Shutdown(ShutdownMode.Finish, Deadline, announce: false);
        }

        workers[0].Pump();
        workers[1].Pump();
        Assert.Equal([1], ran);
        shared.Add(new QueuedEvent("run"));
        workers[1].Pump();
        Assert.Equal([1, 1], ran);
    }

    [Fact]
    public void SharedQueue_WorkerThatWaitsForItsDeferredEvents_PassesItsTurnOn()
    {
        EventMailbox shared = new(shared: true);
        List<int> ran = [];
        LoopRig[] workers =
        [
            .. Enumerable
                .Range(0, 2)
                .Select(i => new LoopRig(
                    new MappingBlueprint()
                        .On("run", () => ran.Add(i))
                        .On(
                            "defer",
                            (Session session) =>
                            {
                                session.Defer();
                            }
                        ),
                    settings => settings with { Shared = shared }
                )),
        ];
        Array.ForEach(
            workers,
            worker =>
            {
                worker.Loop.Run(null);
                worker.Dispatch("defer");
                worker.Pump();
            }
        );
        shared.Add(new QueuedEvent("run"));
        Assert.True(workers[0].Host.TakeScheduled());
        workers[0].Loop.Shutdown(ShutdownMode.Drain, Deadline, announce: false);
        workers[0].Pump();
        workers[1].Pump();

        Assert.Equal(ControllerState.Stopping, workers[0].Loop.State);
        Assert.Equal([1], ran);
    }
}
