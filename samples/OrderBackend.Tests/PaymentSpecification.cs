namespace OrderBackend.Tests;

public sealed class PaymentSpecification : BackendTest
{
    [Fact]
    public async Task UnpaidOrder_AfterFifteenMinutes_TimesOut()
    {
        await PlaceAsync(Kettles("late"));

        await Time.AdvanceAsync(15 * Minute - TimeSpan.FromSeconds(1));
        Assert.Equal(OrderStatus.Placed, StatusOf("late"));

        await Time.AdvanceAsync(TimeSpan.FromSeconds(1));
        Assert.Equal(OrderStatus.TimedOut, StatusOf("late"));
    }

    [Fact]
    public async Task OrderPaidInTheLastSecond_IsKept()
    {
        decimal price = await PlaceAsync(Kettles("just"));

        await Time.AdvanceAsync(15 * Minute - TimeSpan.FromSeconds(1));
        Assert.Equal(OrderStatus.Paid, await PayAsync("just", price));
        await Time.AdvanceAsync(Minute);

        Assert.Equal(OrderStatus.Shipped, StatusOf("just"));
    }

    [Fact]
    public async Task PaymentAfterTheTimeOut_ReservesNothing()
    {
        EventProbe warehouse = CreateEventProbe(Backend.Warehouse.Pool);
        decimal price = await PlaceAsync(Kettles("late"));
        await Time.AdvanceAsync(16 * Minute);

        Assert.Equal(OrderStatus.TimedOut, await PayAsync("late", price));

        await warehouse.ExpectNoEventAsync();
    }

    [Fact]
    public async Task PaymentThatIsTooSmall_IsRefusedAndTheOrderWaitsOn()
    {
        decimal price = await PlaceAsync(Kettles("cheap"));

        ArgumentException refusal = await Assert.ThrowsAsync<ArgumentException>(() => PayAsync("cheap", price - 1));

        Assert.Contains("too little", refusal.Message);
        Assert.Equal(OrderStatus.Placed, StatusOf("cheap"));
    }

    [Fact]
    public async Task PaymentAndTimeOut_InTheSameInstant_AreDecidedByTheirOrderInTheQueue()
    {
        decimal price = await PlaceAsync(Kettles("close"));
        await Backend.Orders.SuspendAsync();
        Pending<OrderStatus> payment = Backend.Orders.Dispatch(OrderEvents.Pay, new Payment("close", price));
        await Time.AdvanceAsync(15 * Minute);

        Assert.Equal("pay", (await Backend.Orders.StepAsync())?.Key);
        Assert.Equal("payment-due", (await Backend.Orders.StepAsync())?.Key);

        Assert.Equal(OrderStatus.Paid, await payment);
        Backend.Orders.Resume();
        await QuietAsync();
        Assert.Equal(OrderStatus.Shipped, StatusOf("close"));
    }
}
