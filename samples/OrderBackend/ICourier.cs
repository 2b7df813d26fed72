namespace OrderBackend;

/// <summary>A courier, which fetches a parcel or does not come.</summary>
public interface ICourier
{
    /// <exception cref="CourierException">No courier came.</exception>
    Task FetchAsync(Order order, CancellationToken cancellationToken);
}
