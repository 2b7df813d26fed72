namespace OrderBackend;

/// <summary>Somebody who fetches parcels, or does not come.</summary>
public interface ICourier
{
    /// <exception cref="CourierException">Nobody came.</exception>
    Task FetchAsync(Order order, CancellationToken cancellationToken);
}
