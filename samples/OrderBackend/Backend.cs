namespace OrderBackend;

/// <summary>The whole backend: orders, prices, warehouse and shipping, joined.</summary>
public sealed class Backend
{
    public Backend(EventRuntime runtime, OrderBackendOptions options, ICourier courier)
    {
        Book = new OrderBook(runtime, options);
        Prices = new Prices(runtime, options);
        Warehouse = new Warehouse(runtime, options, Book.Controller);
        Shipping = new Shipping(runtime, options, courier, Book.Controller);
        Book.Prices = Prices.Controller;
        Book.Warehouse = Warehouse.Pool;
        Book.Shipping = Shipping.Pool;
    }

    public OrderBook Book { get; }

    public Prices Prices { get; }

    public Warehouse Warehouse { get; }

    public Shipping Shipping { get; }

    /// <summary>Where customers' events go.</summary>
    public Controller Orders => Book.Controller;

    public void Run()
    {
        Shipping.Pool.Run();
        Warehouse.Pool.Run();
        Prices.Controller.Run();
        Orders.Run();
    }
}
