using System.Collections.Immutable;

namespace OrderBackend.Tests;

/// <summary>Two customers want the last kettle.</summary>
public sealed class RaceSpecification : ControllerTestKit
{
    [Fact]
    public async Task LastOne_InEveryInterleaving_IsSoldOnce() =>
        await ExploreAsync(200, () => SellLastOneAsync(careless: false));

    [Fact]
    public async Task CarelessWarehouse_IsFoundOutByASeed_AndReplayedByIt()
    {
        InterleavingException race = await Assert.ThrowsAsync<InterleavingException>(() =>
            ExploreAsync(200, () => SellLastOneAsync(careless: true))
        );

        InterleavingException again = await Assert.ThrowsAsync<InterleavingException>(() =>
            ReplayAsync(race.Seed, () => SellLastOneAsync(careless: true))
        );
        Assert.Equal(race.Message, again.Message);
    }

    private async Task SellLastOneAsync(bool careless)
    {
        List<string> sold = [];
        Controller orders = CreateController(o =>
            o.Mapping.On(OrderEvents.Reserved, (_, order) => sold.Add(order.Id))
                .On(OrderEvents.OutOfStock, (_, _) => { })
        );
        OrderBackendOptions options = new() { Stock = ImmutableDictionary<string, int>.Empty.Add("kettle", 1) };
        Warehouse warehouse = new(Runtime, options, orders, careless);
        orders.Run();
        warehouse.Pool.Run();

        warehouse.Pool.Post(OrderEvents.Reserve, new Order("first", "kettle", 1));
        warehouse.Pool.Post(OrderEvents.Reserve, new Order("second", "kettle", 1));
        await QuietAsync();

        Assert.Single(sold);
    }
}
