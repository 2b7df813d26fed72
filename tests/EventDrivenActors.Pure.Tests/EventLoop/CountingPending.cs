namespace EventDrivenActors.Pure.Tests.EventLoop;

/// <summary>A pending that counts how often it was settled.</summary>
internal sealed class CountingPending(
    IEventOwner<Pending> owner,
    object key,
    object? value,
    EventOptions? options = null
) : Pending(owner, key, value, null, null, options)
{
    private int _settled;

    public int Settled => Volatile.Read(ref _settled);

    /// <summary>Set by a test that cancels it.</summary>
    public bool Cancelled { get; set; }

    /// <summary>What happens at the instant at which it settles.</summary>
    public Action? WhenItSettles { get; set; }

    private protected override void AfterSettled()
    {
        Interlocked.Increment(ref _settled);
        WhenItSettles?.Invoke();
    }
}
