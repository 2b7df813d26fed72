namespace OrderBackend.Tests;

public sealed class ShippingSpecification : BackendTest
{
    [Fact]
    public async Task PaidOrder_IsReservedAndShipped()
    {
        EventProbe orders = CreateEventProbe(Backend.Orders);
        EventProbe sent = CreateOutboundProbe(Backend.Orders);

        await OrderAsync(Kettles("tea"));

        await orders.ExpectEventsInOrderAsync(
            OrderEvents.Place,
            OrderEvents.Pay,
            OrderEvents.Reserved,
            OrderEvents.Shipped
        );
        await sent.ExpectEventsInOrderAsync(OrderEvents.Price, OrderEvents.Reserve, OrderEvents.Ship);
        Assert.Equal(OrderStatus.Shipped, StatusOf("tea"));
        Assert.Equal(2, Backend.Warehouse.InStock("kettle"));
    }

    [Fact]
    public async Task FlakyCourier_IsCalledAgainAtGrowingIntervals()
    {
        Courier.Failures = 3;

        await OrderAsync(Kettles("tea"));
        Assert.Equal(OrderStatus.Reserved, StatusOf("tea"));
        await Time.AdvanceAsync(7 * Minute);

        Assert.Equal([TimeSpan.Zero, Minute, 3 * Minute, 7 * Minute], Courier.CalledAt);
        Assert.Equal(OrderStatus.Shipped, StatusOf("tea"));
    }

    [Fact]
    public async Task CourierThatNeverComes_IsGivenUpAfterThreeDays()
    {
        Courier.Failures = int.MaxValue;

        await OrderAsync(Kettles("tea"));
        await Time.AdvanceAsync(TimeSpan.FromDays(1));
        Assert.Equal(OrderStatus.Reserved, StatusOf("tea"));
        await Time.AdvanceAsync(TimeSpan.FromDays(2));

        Assert.Equal(OrderStatus.Refunded, StatusOf("tea"));
        Assert.Equal(13, Courier.CalledAt.Count);
    }

    [Fact]
    public async Task OrderThatIsNotInStock_IsRefundedWithoutACourier()
    {
        await OrderAsync(Kettles("many", 4));

        Assert.Equal(OrderStatus.Refunded, StatusOf("many"));
        Assert.Empty(Courier.CalledAt);
        Assert.Equal(3, Backend.Warehouse.InStock("kettle"));
    }

    [Fact]
    public async Task EndOfEachDay_CountsWhatWasShipped()
    {
        await OrderAsync(Kettles("monday"));
        await Time.AdvanceAsync(TimeSpan.FromDays(1));
        await OrderAsync(Kettles("tuesday, morning"));
        await Time.AdvanceAsync(TimeSpan.FromHours(8));
        await OrderAsync(Kettles("tuesday, evening"));
        await Time.AdvanceAsync(TimeSpan.FromDays(6));

        Assert.Equal([1, 2, 0, 0, 0, 0, 0], Backend.Book.ShippedByDay);
    }
}
