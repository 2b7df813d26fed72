namespace OrderBackend;

/// <summary>Calls couriers until one comes, at growing intervals.</summary>
public sealed class Shipping
{
    private readonly OrderBackendOptions _options;
    private readonly ICourier _courier;

    public Shipping(EventRuntime runtime, OrderBackendOptions options, ICourier courier, IController orders)
    {
        _options = options;
        _courier = courier;
        Pool = runtime.CreatePool(
            options.Workers,
            o =>
            {
                o.Name = "shipping";
                o.Mapping.On(
                    OrderEvents.Ship,
                    async (session, order) =>
                        orders.Post(
                            await TryAsync(order, session.CancellationToken)
                                ? OrderEvents.Shipped
                                : OrderEvents.Undeliverable,
                            order
                        )
                );
            }
        );
    }

    public ControllerPool Pool { get; }

    private async Task<bool> TryAsync(Order order, CancellationToken cancellationToken)
    {
        long started = _options.TimeProvider.GetTimestamp();
        TimeSpan delay = _options.FirstCourierDelay;
        while (true)
        {
            try
            {
                await _courier.FetchAsync(order, cancellationToken);
                return true;
            }
            catch (CourierException)
            {
                if (_options.TimeProvider.GetElapsedTime(started) + delay > _options.CourierPatience)
                {
                    return false;
                }

                await Task.Delay(delay, _options.TimeProvider, cancellationToken);
                delay *= 2;
            }
        }
    }
}
