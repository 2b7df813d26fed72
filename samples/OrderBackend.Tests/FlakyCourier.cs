namespace OrderBackend.Tests;

/// <summary>A courier who fails so many times before coming, and notes when it was called.</summary>
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
