using System.Collections.Immutable;

namespace OrderBackend.Tests;

/// <summary>The base of the specifications: a backend with three kettles in stock, on virtual time.</summary>
public abstract class BackendTest : ControllerTestKit
{
    private protected BackendTest(Func<OrderBackendOptions, OrderBackendOptions>? change = null)
    {
        OrderBackendOptions options = new()
        {
            TimeProvider = Time,
            PricesInChild = false,
            Stock = ImmutableDictionary<string, int>.Empty.Add("kettle", 3),
        };
        Options = change?.Invoke(options) ?? options;
        Courier = new FlakyCourier(Time);
        Backend = new Backend(Runtime, Options, Courier);
        Backend.Run();
    }

    protected static TimeSpan Minute { get; } = TimeSpan.FromMinutes(1);

    private protected OrderBackendOptions Options { get; }

    private protected Backend Backend { get; }

    private protected FlakyCourier Courier { get; }

    protected static Order Kettles(string id, int quantity = 1) => new(id, "kettle", quantity);

    protected async Task<decimal> PlaceAsync(Order order) => await Backend.Orders.Dispatch(OrderEvents.Place, order);

    protected async Task<OrderStatus> PayAsync(string id, decimal amount) =>
        await Backend.Orders.Dispatch(OrderEvents.Pay, new Payment(id, amount));

    /// <summary>Places and pays an order, and waits until all that needs no time has happened.</summary>
    protected async Task OrderAsync(Order order)
    {
        await PayAsync(order.Id, await PlaceAsync(order));
        await QuietAsync();
    }

    protected OrderStatus StatusOf(string id) => Backend.Book.StatusOf(id);
}
