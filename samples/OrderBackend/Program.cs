using System.Collections.Immutable;
using OrderBackend;

// An order is placed, priced in a child process, paid, reserved and shipped; another one is not paid in time.
OrderBackendOptions options = new()
{
    TimeToPay = TimeSpan.FromSeconds(2),
    FirstCourierDelay = TimeSpan.FromMilliseconds(100),
    Stock = ImmutableDictionary<string, int>.Empty.Add("kettle", 10),
};
await using EventRuntime runtime = EventRuntime.Create();
Backend backend = new(runtime, options, new LateCourier());
backend.Run();
Controller desk = runtime.CreateController(o =>
    o.Mapping.On(OrderEvents.Shipped, (ForwardedEvent heard) => Console.WriteLine($"shipped: {heard.Value}"))
        .On(OrderEvents.PaymentDue, (ForwardedEvent heard) => Console.WriteLine($"not paid in time: {heard.Value}"))
        .On(OrderEvents.PaymentDue, session => session.Self.Shutdown())
);
desk.Run();
using IDisposable tap = desk.Listen(backend.Orders, OrderEvents.Shipped, OrderEvents.PaymentDue);

decimal price = await backend.Orders.Dispatch(OrderEvents.Place, new Order("first", "kettle", 2));
Console.WriteLine($"the first order costs {price}");
OrderStatus status = await backend.Orders.Dispatch(OrderEvents.Pay, new Payment("first", price));
Console.WriteLine($"the first order is {status}");
await backend.Orders.Dispatch(OrderEvents.Place, new Order("second", "kettle", 1));
await desk.WaitAsync();
await backend.Orders.WaitForIdleAsync();
Console.WriteLine(
    $"the first order is {backend.Book.StatusOf("first")}, the second is {backend.Book.StatusOf("second")}"
);

/// <summary>Comes when it is called for the second time.</summary>
internal sealed class LateCourier : ICourier
{
    private int _calls;

    public Task FetchAsync(Order order, CancellationToken cancellationToken) =>
        ++_calls > 1 ? Task.CompletedTask : throw new CourierException("The courier is on its way.");
}
