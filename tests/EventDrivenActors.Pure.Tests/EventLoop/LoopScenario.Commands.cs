using EventDrivenActors.EventLoop.Mailbox;

namespace EventDrivenActors.Pure.Tests.EventLoop;

internal sealed partial class LoopScenario
{
    private static readonly Behaviour[] Behaviours =
    [
        Behaviour.Return,
        Behaviour.Return,
        Behaviour.Return,
        Behaviour.Suspend,
        Behaviour.Suspend,
        Behaviour.SuspendTimed,
        Behaviour.SuspendObeying,
        Behaviour.Throw,
        Behaviour.Skip,
        Behaviour.Defer,
    ];

    private void Apply(Command command)
    {
        (Act act, int a, int b) = (command.Act, command.A, command.B);
        switch (act)
        {
            case Act.Dispatch:
                Dispatch(New(b));
                break;
            case Act.Post:
                ScriptedEvent post = New(b, isPost: true);
                Offer(_model.Accept(post), () => _loop.Accept(new QueuedEvent("run", post)));
                break;
            case Act.PostMany:
                ScriptedEvent[] posts = [.. Enumerable.Range(0, a).Select(i => New(b + i, isPost: true))];
                Offer(_model.AcceptMany(posts), () => _loop.AcceptMany("run", posts));
                break;
            case Act.DispatchAsync:
                WaitForRoom(New(b));
                break;
            case Act.CancelWait:
                CancelRoomWait(a);
                break;
            case Act.Cancel when _pendings.Count > 0:
                ScriptedEvent cancelled = _pendings[^(1 + (a % _pendings.Count))];
                Assert.True(
                    _model.Cancel(cancelled) == cancelled.Pending!.Cancel(),
                    $"Cancelling the {cancelled} gave the wrong answer."
                );
                break;
            case Act.Drain:
                Drain(1 + (a % 3));
                break;
            case Act.Pump:
                Pump();
                break;
            case Act.CompleteHandler or Act.FailHandler when _model is { Running: not null, RunningOutcome: null }:
                EndHandler(act == Act.FailHandler);
                break;
            case Act.SettleDeferred when _model.Deferred.Count > 0:
                SettleDeferred(_model.Deferred[a % _model.Deferred.Count], b % 3);
                break;
            case Act.WaitForIdle:
                _idleWaits.Add((_loop.WaitForIdleAsync(default), false));
                break;
            case Act.PendingAsync:
                _pendingWaits.Add((_loop.PendingAsync(default), _model.Newest));
                break;
            default:
                ApplyToLife(act, a, b);
                break;
        }
    }

    private void ApplyToLife(Act act, int a, int b)
    {
        switch (act)
        {
            case Act.Run:
                Assert.Equal(_model.Run(), _loop.Run(null));
                break;
            case Act.Suspend:
                _model.Suspend();
                _loop.Suspend();
                break;
            case Act.Resume:
                _model.Resume();
                _loop.Resume();
                break;
            case Act.Clean:
                int cleaned = _model.Clean();
                Assert.Equal(cleaned, _loop.Clean());
                break;
            case Act.Shutdown:
                ModelShutdown model = _model.Shutdown((ShutdownMode)(a % 3), Deadline, vetoed: b % 4 == 0);
                _handlers.Vetoes = _model.Operation is { Vetoes: true };
                _reports.Add((_loop.Shutdown((ShutdownMode)(a % 3), Deadline), model));
                break;
            case Act.Terminate:
                _model.Terminate();
                _loop.Terminate(EventOutcome.Closed);
                break;
            case Act.Advance:
                TimeSpan time = TimeSpan.FromSeconds(a % 2 == 0 ? 3 : 10);
                _model.Advance(time);
                _time.Advance(time);
                break;
        }
    }

    private ScriptedEvent New(int behaviour, bool isPost = false) =>
        new(++_lastId, Behaviours[behaviour % Behaviours.Length], isPost);

    private CountingPending NewPending(ScriptedEvent scripted) =>
        scripted.Pending = new CountingPending(
            _loop,
            "run",
            scripted,
            scripted.Behaviour == Behaviour.SuspendTimed ? new EventOptions { Timeout = EventTimeout } : null
        );

    private void Dispatch(ScriptedEvent scripted)
    {
        CountingPending pending = NewPending(scripted);
        if (Offer(_model.Accept(scripted), () => _loop.Accept(new QueuedEvent(pending))))
        {
            _pendings.Add(scripted);
        }
    }

    private static bool Offer(Type? refusal, Action offer)
    {
        Exception? thrown = Record.Exception(offer);
        Assert.True(refusal == thrown?.GetType(), $"The event met '{thrown}'; the model says {refusal}.");
        return refusal is null;
    }

    private void WaitForRoom(ScriptedEvent scripted)
    {
        CancellationTokenSource cancellation = new();
        Type? refusal = _model.Accept(scripted);
        Task wait = _loop.AcceptWhenRoomAsync(NewPending(scripted), cancellation.Token).AsTask();
        if (refusal == typeof(QueueFullException))
        {
            _model.Waiting.Add(scripted);
            _roomWaits.Add(new RoomWait(scripted, wait, cancellation));
        }
        else
        {
            Assert.True(
                wait.IsCompleted && refusal == wait.Exception?.InnerException?.GetType(),
                $"The {scripted} met '{wait.Exception}'; the model says {refusal}."
            );
        }

        if (refusal != typeof(ControllerClosedException))
        {
            _pendings.Add(scripted);
        }
    }

    private void CancelRoomWait(int index)
    {
        RoomWait[] open = [.. _roomWaits.Where(wait => _model.Waiting.Contains(wait.Event))];
        if (open.Length > 0)
        {
            RoomWait wait = open[index % open.Length];
            wait.Cancelled = _model.Waiting.Remove(wait.Event);
            wait.Cancellation.Cancel();
        }
    }

    private void Drain(int budget)
    {
        _host.TakeScheduled();
        bool expected = _model.Drain(budget);
        bool more = ActorThread.Run(() => _loop.Loop.Drain(budget));
        Assert.True(expected == more, $"The drain says {more} to more work.");
        if (more)
        {
            _host.Request();
        }
    }

    private void Pump()
    {
        for (int i = 0; _host.IsScheduled; i++)
        {
            Assert.True(i < 1000, "The loop asks for drains without end.");
            Drain(2);
        }
    }

    private void EndHandler(bool fail)
    {
        ScriptedEvent running = _model.Running!;
        _model.EndHandler(fail);
        if (fail)
        {
            running.Gate.SetException(new InvalidOperationException($"The {running} fails."));
        }
        else
        {
            running.Gate.SetResult();
        }
    }

    private void SettleDeferred(ScriptedEvent scripted, int kind)
    {
        EventOutcome outcome = kind switch
        {
            0 => EventOutcome.Completed([]),
            1 => EventOutcome.Faulted(new InvalidOperationException("The deferred event fails.")),
            _ => EventOutcome.Cancelled,
        };
        Assert.True(_model.SettleDeferred(scripted, outcome.Status));
        Assert.True(scripted.Deferred!.Settle(outcome), $"The {scripted} had an outcome already.");
        Assert.False(scripted.Deferred.Settle(EventOutcome.Skipped), $"The {scripted} settled twice.");
    }
}
