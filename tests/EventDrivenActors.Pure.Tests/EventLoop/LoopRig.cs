using EventDrivenActors.EventLoop;
using EventDrivenActors.EventLoop.Mailbox;

namespace EventDrivenActors.Pure.Tests.EventLoop;

/// <summary>A loop with its fake edge, driven by hand.</summary>
internal sealed class LoopRig
{
    public LoopRig(MappingBlueprint mapping, Func<LoopSettings, LoopSettings>? change = null)
    {
        LoopSettings settings = new(Host, Host, new MappingManager(mapping.Snapshot()), Time);
        Loop = new LoopFacade(change?.Invoke(settings) ?? settings);
    }

    public ManualTime Time { get; } = new();

    public FakeLoopHost Host { get; } = new();

    public LoopFacade Loop { get; }

    public CountingPending Dispatch(object key, object? value = null, EventOptions? options = null)
    {
        CountingPending pending = new(Loop, key, value, options);
        Loop.Accept(new QueuedEvent(pending));
        return pending;
    }

    public void Post(object key, object? value = null) => Loop.Accept(new QueuedEvent(key, value));

    /// <summary>Lets a suspended handler end, and waits until the loop has heard of it.</summary>
    public void End(TaskCompletionSource gate)
    {
        Host.TakeScheduled();
        gate.SetResult();
        Assert.True(SpinWait.SpinUntil(() => Host.IsScheduled, TestSupport.HangGuard.Limit));
    }

    /// <summary>Drains as long as the loop asks for it, and closes a run that has ended.</summary>
    public void Pump()
    {
        while (Host.TakeScheduled())
        {
            if (ActorThread.Run(() => Loop.Loop.Drain(256)))
            {
                Host.Request();
            }
        }

        if (Host.TakeEnded())
        {
            Loop.Close([]);
        }
    }
}
