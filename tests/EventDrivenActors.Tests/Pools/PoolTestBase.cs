using EventDrivenActors.TestSupport;
using EventDrivenActors.TestSupport.Contracts;

namespace EventDrivenActors.Tests.Pools;

/// <summary>What the tests of pools share.</summary>
public abstract class PoolTestBase : ContractBase
{
    protected override int Workers => 4;

    protected override IController Create(Action<ControllerOptions>? configure = null) =>
        Runtime.CreatePool(4, configure);

    /// <summary>
    /// A running pool; its event "hold" waits at the gate in its value and gives the worker's number, as "who" does at
    /// once.
    /// </summary>
    protected ControllerPool StartPool(int workers, PoolRouting routing, Action<PoolOptions>? configure = null)
    {
        ControllerPool pool = Runtime.CreatePool(
            workers,
            options =>
            {
                options.Routing = routing;
                options
                    .Mapping.On("who", session => session.WorkerIndex)
                    .On(
                        "hold",
                        async session =>
                        {
                            await ((Gate)session.Value!).PassAsync();
                            return session.WorkerIndex;
                        }
                    );
                configure?.Invoke(options);
            }
        );
        pool.Run();
        return pool;
    }

    /// <summary>Dispatches an event that holds its worker, and waits until it does.</summary>
    protected async Task<(Gate Gate, Pending Pending)> HoldOneAsync(ControllerPool pool)
    {
        Gate gate = NewGate();
        Pending pending = pool.Dispatch("hold", gate);
        await gate.Entered;
        return (gate, pending);
    }

    protected static async Task<int> WorkerOf(Pending pending) => (int)Assert.Single(await pending.Guarded())!;

    protected static async Task<IReadOnlyList<int>> WorkersOf(IEnumerable<Pending> pendings) =>
        await Task.WhenAll(pendings.Select(WorkerOf));
}
