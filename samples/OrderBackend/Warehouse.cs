using System.Collections.Concurrent;

namespace OrderBackend;

/// <summary>Sets goods aside, several orders at a time.</summary>
public sealed class Warehouse
{
    private readonly ConcurrentDictionary<string, int> _stock;
    private readonly IController _orders;
    private readonly bool _careless;

    /// <param name="runtime">Where it runs.</param>
    /// <param name="options">Its stock and its number of workers.</param>
    /// <param name="orders">Receives the outcome for each order.</param>
    /// <param name="careless">
    /// Makes it look into the shelf first and take from it later, as if no other order could come in between: a
    /// mistake, planted so that a test can show how to find it.
    /// </param>
    public Warehouse(EventRuntime runtime, OrderBackendOptions options, IController orders, bool careless = false)
    {
        _stock = new ConcurrentDictionary<string, int>(options.Stock);
        _orders = orders;
        _careless = careless;
        Pool = runtime.CreatePool(
            options.Workers,
            o =>
            {
                o.Name = "warehouse";
                o.Mapping.On(
                    OrderEvents.Reserve,
                    async (_, order) =>
                        _orders.Post(await TakeAsync(order) ? OrderEvents.Reserved : OrderEvents.OutOfStock, order)
                );
            }
        );
    }

    public ControllerPool Pool { get; }

    public int InStock(string product) => _stock.GetValueOrDefault(product);

    private async Task<bool> TakeAsync(Order order)
    {
        while (true)
        {
            int there = InStock(order.Product);
            if (there < order.Quantity)
            {
                return false;
            }

            await Task.Yield(); // to the shelf
            if (_careless)
            {
                _stock[order.Product] = there - order.Quantity;
                return true;
            }

            if (_stock.TryUpdate(order.Product, there - order.Quantity, there))
            {
                return true;
            }
        }
    }
}
