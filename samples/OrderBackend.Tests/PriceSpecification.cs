namespace OrderBackend.Tests;

/// <summary>Prices come from a child process, which may die; here it runs in the test's own process.</summary>
public sealed class PriceSpecification : ControllerTestKit
{
    private readonly Prices _prices;
    private ChildScript _child = null!;

    public PriceSpecification()
    {
        _prices = new Prices(
            Runtime,
            new OrderBackendOptions { ConfigureChild = child => _child = child.RunInProcess(this) }
        );
        _prices.Controller.Run();
    }

    [Fact]
    public async Task Order_IsPriced() => Assert.Equal(12, await PriceAsync());

    [Fact]
    public async Task DyingChild_CostsNoPrice()
    {
        _child.DieBefore(ChildStep.Result);

        Assert.Equal(12, await PriceAsync());
        Assert.Equal(1, _prices.Child!.Restarts);
    }

    [Fact]
    public async Task StalledChild_IsReplacedAfterHalfAMinute()
    {
        _child.StallBefore(ChildStep.Result);

        await Assert.ThrowsAsync<EventTimeoutException>(PriceAsync);

        Assert.InRange(Time.GetElapsedTime(0), TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(1));
        Assert.Equal(12, await PriceAsync());
    }

    [Fact]
    public async Task OrderThatKillsEveryChild_IsGivenUp()
    {
        for (int i = 0; i < 3; i++)
        {
            _child.DieBefore(ChildStep.Result);
        }

        await Assert.ThrowsAsync<PoisonedEventException>(PriceAsync);
    }

    private Task<decimal> PriceAsync() =>
        Time.DriveAsync(_prices.Controller.Dispatch(OrderEvents.Price, new Order("two", "kettle", 2)));
}
