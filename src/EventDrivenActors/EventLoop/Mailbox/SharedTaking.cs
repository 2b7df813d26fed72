using System.Runtime.CompilerServices;

namespace EventDrivenActors.EventLoop.Mailbox;

/// <summary>
/// Taking for several consumers of an unbounded mailbox: they claim one event after the other, without the lock where
/// the buffer that is read has one.
/// </summary>
internal sealed class SharedTaking(EventBuffer buffer, IdleConsumers idle)
{
    // Any consumer.
    private IEventConsumer? _last;

    /// <summary>Takes an event of the buffer that is read beside other consumers.</summary>
    /// <remarks>
    /// An idle consumer must first say under the lock that it is active. Otherwise it would be woken while it handles
    /// an event, in place of the others.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryTake(IEventConsumer consumer, bool hasUrgent, out QueuedEvent item)
    {
        if (!ReferenceEquals(_last, consumer))
        {
            TakeOver(consumer);
        }

        if (!consumer.IsEnlisted && !hasUrgent)
        {
            return buffer.TryClaim(out item);
        }

        item = default;
        return false;
    }

    private void TakeOver(IEventConsumer consumer)
    {
        if (!idle.IsWokenForNext(consumer))
        {
            LetOthersTake();
        }

        _last = consumer;
    }

    /// <summary>
    /// Stands back while another worker takes one event after the other at once: the queue is then the limit, not the
    /// handlers, and competing for it only slows it down.
    /// </summary>
    private void LetOthersTake()
    {
        long seen = buffer.Taken;
        for (int look = 0; look < MailboxTuning.Looks; look++)
        {
            Thread.SpinWait(MailboxTuning.Pause << Math.Min(look, MailboxTuning.MostDoublings));
            long now = buffer.Taken;
            if (now == seen)
            {
                return;
            }

            seen = now;
            Thread.Yield();
        }
    }
}
