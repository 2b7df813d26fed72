using System.Runtime.CompilerServices;
using EventDrivenActors.EventLoop.Mailbox;

namespace EventDrivenActors.EventLoop;

/// <summary>The queues that a loop takes from: its private one, then the one that a pool's workers share.</summary>
internal sealed class LoopQueues(LoopSettings settings, EventMailbox mailbox, RunState run)
{
    private readonly EventMailbox? _shared = settings.Shared;

    // The draining thread.
    private int _sinceIdle;

    /// <summary>Takes the next event, or registers the loop as idle.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryTake(out QueuedEvent item, out bool dropped)
    {
        _sinceIdle++;
        return mailbox.TryTakeReady(out item, out dropped) || TryTakeOrRegister(out item, out dropped);
    }

    /// <summary>Registers the loop, whose run begins, as idle.</summary>
    public void Enlist()
    {
        mailbox.Enlist(settings.Turns);
        _shared?.Enlist(settings.Turns);
    }

    /// <summary>Leaves what the pool's workers share to the others.</summary>
    public void DelistShared() => _shared?.Delist(settings.Turns);

    /// <summary>Nothing was left to take.</summary>
    public void EndBatch() => _sinceIdle = 0;

    private bool TryTakeOrRegister(out QueuedEvent item, out bool dropped)
    {
        if (_sinceIdle > MailboxTuning.Batch)
        {
            (_shared ?? mailbox).Linger();
        }

        if (_shared is not { } shared)
        {
            return mailbox.TryTake(settings.Turns, out item, out dropped);
        }

        bool hasPrivate = !mailbox.IsEmpty;
        if (!hasPrivate && !run.IsStopping && shared.TryTake(settings.Turns, out item, out dropped))
        {
            return true;
        }

        // It is idle in the shared mailbox now; to be idle in both it must find its private one empty after that.
        bool taken = mailbox.TryTake(settings.Turns, out item, out dropped);
        if (taken || run.IsStopping)
        {
            // It may have been woken for an event that another worker must now take.
            shared.Delist(settings.Turns);
            return taken;
        }

        return hasPrivate && shared.TryTake(settings.Turns, out item, out dropped);
    }
}
