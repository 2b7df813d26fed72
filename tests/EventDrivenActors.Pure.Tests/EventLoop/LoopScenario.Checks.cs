namespace EventDrivenActors.Pure.Tests.EventLoop;

internal sealed partial class LoopScenario
{
    private async Task CheckAsync()
    {
        Assert.True(
            _model.Started.SequenceEqual(_handlers.Taken),
            $"The loop started [{string.Join(", ", _handlers.Taken)}]; the model says "
                + $"[{string.Join(", ", _model.Started)}]."
        );
        Assert.Empty(_handlers.Violations);
        _pendings.ForEach(Check);
        ControllerState state =
            _model.State == ControllerState.Running && _model.Suspended ? ControllerState.Suspended : _model.State;
        Assert.True(state == _loop.State, $"The state is {_loop.State}; the model says {state}.");
        Assert.True(_model.IsIdle == _loop.IsIdle, $"The loop is {(_loop.IsIdle ? "" : "not ")}idle.");
        Assert.True(
            _model.Reported == _host.Failures,
            $"{_host.Failures} failures were reported; the model says {_model.Reported}."
        );
        Assert.True(_host.IsScheduled || !_model.HasWork, "There is something to do and no drain was asked for.");
        Assert.True(
            _loop.RunEnd.IsCompleted == _model.State is ControllerState.Created or ControllerState.Stopped,
            "The end of the run is told wrongly."
        );
        await CheckWaitsAsync().ConfigureAwait(false);
        CheckReports();
        foreach (RoomWait wait in _roomWaits)
        {
            await CheckAsync(wait).ConfigureAwait(false);
        }
    }

    private static readonly TimeSpan HangLimit = TestSupport.HangGuard.Limit;

    private static void Check(ScriptedEvent scripted)
    {
        CountingPending pending = scripted.Pending!;
        pending.ObserveFailure();
        Assert.True(
            scripted.Expected == pending.Status,
            $"The {scripted} is {pending.Status}; the model says {scripted.Expected}."
        );
        Assert.True(pending.Settled == (pending.IsSettled ? 1 : 0), $"The {scripted} settled {pending.Settled} times.");
        CancellationToken token = scripted.Deferred?.CancellationToken ?? scripted.Token;

        // The tokens of deferred events fire on another thread.
        Assert.True(
            !token.CanBeCanceled
                || SpinWait.SpinUntil(() => token.IsCancellationRequested == scripted.TokenFires, HangLimit),
            $"The token of the {scripted} has {(scripted.TokenFires ? "not " : "")}fired."
        );
    }

    private async Task CheckWaitsAsync()
    {
        _idleWaits = [.. _idleWaits.Select(wait => (wait.Task, wait.MayComplete || _model.IsIdle))];
        foreach ((Task task, bool mayComplete) in _idleWaits)
        {
            Assert.True(mayComplete || !task.IsCompleted, "A wait for idle completed before the loop was idle.");
            Assert.True(
                task.IsCompleted || !_model.IsIdle || _host.IsScheduled,
                "A wait for idle is open though the loop is idle."
            );
        }

        foreach ((Task task, long newest) in _pendingWaits)
        {
            bool left = _model.HaveLeft(newest);
            Assert.True(left || !task.IsCompleted, "A wait for the queue completed before the queue had been taken.");
            if (left)
            {
                // Its continuation runs on a pool thread.
                await task.WaitAsync(TestSupport.HangGuard.Limit).ConfigureAwait(false);
            }
        }
    }

    private void CheckReports()
    {
        foreach ((Task<ShutdownReport> task, ModelShutdown model) in _reports)
        {
            Assert.True(task.IsCompleted == model.Completed, $"A shutdown is {(task.IsCompleted ? "done" : "open")}.");
        }
    }

    private async Task CheckAsync(RoomWait wait)
    {
        if (_model.Waiting.Contains(wait.Event))
        {
            Assert.False(wait.Task.IsCompleted, $"The {wait.Event} waits no longer for room.");
        }
        else if (!wait.Checked)
        {
            wait.Checked = true;
            await wait
                .Task.WaitAsync(TestSupport.HangGuard.Limit)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            Type? expected =
                wait.Event.Admitted ? null
                : wait.Cancelled ? typeof(OperationCanceledException)
                : typeof(ControllerClosedException);
            Exception? actual = wait.Task.IsCanceled
                ? new OperationCanceledException()
                : wait.Task.Exception?.InnerException;
            Assert.True(
                expected == actual?.GetType(),
                $"The wait for room of the {wait.Event} ended with '{actual}'; the model says {expected}."
            );
        }
    }
}
