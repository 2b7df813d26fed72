using System.Collections.Immutable;

namespace OrderBackend.Tests;

/// <summary>
/// The whole backend under crashes of its child, late messages, jumps of the clock and every order of events: a paid
/// order is shipped or refunded, exactly once.
/// </summary>
public sealed class SimulationSpecification : ControllerTestKit
{
    private const string ExactlyOnce = "a paid order is shipped or refunded, exactly once";

    [Fact]
    public async Task PaidOrder_IsShippedOrRefundedExactlyOnce() =>
        await SimulateAsync(100, simulation => TradeAsync(simulation, careless: false));

    [Fact]
    public async Task CarelessCourier_IsFoundOut_AndItsFailureIsSmallAndReplayed()
    {
        SimulationException found = await Assert.ThrowsAsync<SimulationException>(() =>
            SimulateAsync(100, simulation => TradeAsync(simulation, careless: true))
        );

        Assert.Equal(ExactlyOnce, found.Invariant);
        Assert.StartsWith(
            $"Seed {found.Seed} breaks '{ExactlyOnce}'; ReplaySimulationAsync(\"{found.Replay}\", …) runs it again.",
            found.Message
        );
        Assert.StartsWith("a child of 'labels' ", Assert.Single(found.Faults));
        Assert.Equal(0, found.TurnsOutOfOrder);
        Assert.InRange(found.Seed, 1, 20);

        SimulationException again = await Assert.ThrowsAsync<SimulationException>(() =>
            ReplaySimulationAsync(found.Replay, simulation => TradeAsync(simulation, careless: true))
        );
        Assert.Equal(found.Invariant, again.Invariant);
        Assert.Equal(found.Faults, again.Faults);
        Assert.Equal(found.Replay, again.Replay);
    }

    /// <summary>Customers order and pay. There are fewer kettles than are wanted, and couriers fail.</summary>
    private async Task TradeAsync(Simulation simulation, bool careless)
    {
        OrderBackendOptions options = new()
        {
            TimeProvider = simulation.Time,
            CourierPatience = TimeSpan.FromMinutes(5),
            Stock = ImmutableDictionary<string, int>.Empty.Add("kettle", 2),
        };
        FlakyCourier courier = new(simulation.Time) { Failures = simulation.Random.Next(4) };
        Backend backend = new(Runtime, options, new LabellingCourier(Runtime, courier, careless));
        List<string> paid = [];
        Dictionary<string, int> ends = [];
        Controller ledger = CreateController(o =>
            o.Mapping.On(OrderEvents.Shipped, (ForwardedEvent heard) => End(heard))
                .On(OrderEvents.Undeliverable, (ForwardedEvent heard) => End(heard))
                .On(OrderEvents.OutOfStock, (ForwardedEvent heard) => End(heard))
        );
        ledger.Run();
        using IDisposable tap = ledger.Listen(
            backend.Orders,
            OrderEvents.Shipped,
            OrderEvents.Undeliverable,
            OrderEvents.OutOfStock
        );
        simulation.Always("nothing is sold that is not there", () => backend.Warehouse.InStock("kettle") >= 0);
        simulation.AtEnd(ExactlyOnce, () => Assert.All(paid, id => Assert.Equal(1, ends.GetValueOrDefault(id))));
        backend.Run();
        await Task.WhenAll(Enumerable.Range(1, 3).Select(number => BuyAsync($"order {number}")));
        await simulation.SettleAsync();

        void End(ForwardedEvent heard)
        {
            string id = ((Order)heard.Value!).Id;
            ends[id] = ends.GetValueOrDefault(id) + 1;
        }

        async Task BuyAsync(string id)
        {
            try
            {
                decimal price = await backend.Orders.Dispatch(OrderEvents.Place, new Order(id, "kettle", 1));
                if (await backend.Orders.Dispatch(OrderEvents.Pay, new Payment(id, price)) != OrderStatus.TimedOut)
                {
                    paid.Add(id);
                }
            }
            catch (Exception refusal)
                when (refusal is PoisonedEventException or ChildLostException or EventTimeoutException)
            {
                // The backend asks the customer to come again.
            }
        }
    }
}
