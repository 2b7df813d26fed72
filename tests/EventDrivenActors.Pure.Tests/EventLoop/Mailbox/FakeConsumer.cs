using EventDrivenActors.EventLoop.Mailbox;

namespace EventDrivenActors.Pure.Tests.EventLoop.Mailbox;

/// <summary>A consumer that notes that it was woken.</summary>
internal sealed class FakeConsumer(int number) : IEventConsumer
{
    public bool IsEnlisted { get; set; }

    public bool IsWoken { get; private set; }

    public void Wake() => IsWoken = true;

    /// <summary>Comes back after being woken.</summary>
    public void Return() => IsWoken = false;

    public override string ToString() => $"consumer {number}";
}
