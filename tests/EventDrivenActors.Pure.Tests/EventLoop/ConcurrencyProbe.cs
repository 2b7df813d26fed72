namespace EventDrivenActors.Pure.Tests.EventLoop;

/// <summary>
/// A handler that checks, while several threads feed its loop, that it runs alone and sees each producer's events in
/// order.
/// </summary>
internal sealed class ConcurrencyProbe(int producers)
{
    private readonly int[] _last = new int[producers];
    private int _inside;
    private int _started;
    private int _posts;

    public int Started => Volatile.Read(ref _started);

    public int Posts => Volatile.Read(ref _posts);

    public string? Violation { get; private set; }

    public MappingBlueprint Mapping => new MappingBlueprint().On("run", Handle).On("post", Handle);

    private async Task Handle(Session session)
    {
        (int producer, int number) = ((int, int))session.Value!;
        if (Interlocked.Increment(ref _inside) != 1)
        {
            Violation = "Two handlers ran at once.";
        }

        Interlocked.Increment(ref _started);
        if (number <= _last[producer])
        {
            Violation = $"Event {number} of producer {producer} started behind event {_last[producer]}.";
        }

        _last[producer] = number;
        if (number % 61 == 0)
        {
            await Task.Yield();
        }

        if (!Equals(Session.Current.Value, session.Value))
        {
            Violation = $"The ambient session of {session.Value} is that of {Session.Current.Value}.";
        }

        if (session.Event.Equals("post"))
        {
            Interlocked.Increment(ref _posts);
        }

        Interlocked.Decrement(ref _inside);
    }
}
