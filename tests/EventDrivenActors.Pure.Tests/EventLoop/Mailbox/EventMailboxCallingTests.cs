using EventDrivenActors.EventLoop.Mailbox;

namespace EventDrivenActors.Pure.Tests.EventLoop.Mailbox;

/// <summary>Who is woken: never one that is at work while another one rests.</summary>
public sealed class EventMailboxCallingTests
{
    [Fact]
    public void Consumer_ThatComesUncalledAndTakes_IsNotCalledInPlaceOfOneThatRests()
    {
        EventMailbox mailbox = new(shared: true);
        FakeConsumer busy = new(0);
        FakeConsumer called = new(1);
        FakeConsumer uncalled = new(2);
        Assert.False(mailbox.TryTake(called, out _, out _));
        Assert.False(mailbox.TryTake(uncalled, out _, out _));
        mailbox.AddMany("x", [1, 2, 3]);
        Assert.True(called.IsWoken);
        Assert.True(mailbox.TryTake(busy, out _, out _));

        // It was woken for something else, as by a resume, and takes what is there.
        Assert.True(mailbox.TryTake(uncalled, out _, out _));
        Assert.True(mailbox.TryTake(called, out _, out _));
        called.Return();
        Assert.False(mailbox.TryTake(called, out _, out _));
        mailbox.Add(new QueuedEvent("x", 4));

        Assert.False(uncalled.IsWoken);
        Assert.True(called.IsWoken);
    }
}
