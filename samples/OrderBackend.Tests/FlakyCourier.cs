namespace OrderBackend.Tests;

/// <summary>A courier that fails this many times before it comes, and notes the times of the calls.</summary>
internal sealed class FlakyCourier(TimeProvider time) : ICourier
{
    private readonly long _created = time.GetTimestamp();

    public int Failures { get; set; }

    public List<TimeSpan> CalledAt { get; } = [];

    public Task FetchAsync(Order order, CancellationToken cancellationToken)
    {
        CalledAt.Add(time.GetElapsedTime(_created));
        return Failures-- > 0 ? throw new CourierException("No courier is free.") : Task.CompletedTask;
    }
}
