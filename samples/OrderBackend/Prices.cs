namespace OrderBackend;

/// <summary>
/// Works out prices in a child process: the calculation is third-party code, which may crash its process.
/// </summary>
public sealed class Prices
{
    public Prices(EventRuntime runtime, OrderBackendOptions options) =>
        Controller = runtime.CreateController(o =>
        {
            o.Name = "prices";
            if (!options.PricesInChild)
            {
                o.Mapping.On(OrderEvents.Price, PriceOf);
                return;
            }

            Child = o.AddSubprocess(child =>
            {
                child.Mapping.On(OrderEvents.Price, PriceOf);
                child.Idempotent(OrderEvents.Price);
                child.EventTimeout = TimeSpan.FromSeconds(30);
                child.KillOnTimeout = true;
                options.ConfigureChild?.Invoke(child);
            });
        });

    public Controller Controller { get; }

    public SubprocessAdapter? Child { get; private set; }

    private static decimal PriceOf(Session session, Order order) => order.Quantity * (decimal)order.Product.Length;
}
