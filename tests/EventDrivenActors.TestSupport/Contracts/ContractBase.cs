using EventDrivenActors.TestKit;

namespace EventDrivenActors.TestSupport.Contracts;

/// <summary>
/// The base of all contracts: a runtime with a clock of its own for each test, and short ways to make controllers.
/// </summary>
public abstract class ContractBase : IAsyncLifetime
{
    private readonly List<Gate> _gates = [];
    private readonly ControllerTestKit? _kit;
    private IController? _marker;

    /// <param name="onKit">
    /// Whether the test is about order and time, and runs on the dispatcher of the kit; the others run on the threads
    /// of a real dispatcher.
    /// </param>
    protected ContractBase(bool onKit = false)
    {
        _kit = onKit
            ? new ControllerTestKit(configure: options =>
                options.FailOnUnhandledEvents = options.FailOnUnobservedFailures = false
            )
            : null;
        Time = _kit?.Time ?? new VirtualTime();
        Runtime = _kit?.Runtime ?? EventRuntime.Create(options => options.TimeProvider = Time);
    }

    protected VirtualTime Time { get; }

    protected EventRuntime Runtime { get; }

    /// <summary>How many events run at once.</summary>
    protected virtual int Workers => 1;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        _gates.ForEach(gate => gate.Open());
        await Time.DriveAsync(Runtime.DisposeAsync().AsTask());
        _kit?.Dispose();
    }

    /// <summary>Creates the controller or pool under test, without running it.</summary>
    protected abstract IController Create(Action<ControllerOptions>? configure = null);

    protected IController CreateMapped(Action<MappingBlueprint> map, Action<ControllerOptions>? configure = null) =>
        Create(options =>
        {
            map(options.Mapping);
            configure?.Invoke(options);
        });

    protected IController Start(Action<MappingBlueprint> map, Action<ControllerOptions>? configure = null)
    {
        IController controller = CreateMapped(map, configure);
        controller.Run();
        return controller;
    }

    protected Gate NewGate()
    {
        Gate gate = new();
        _gates.Add(gate);
        return gate;
    }

    /// <summary>
    /// The notes of the handlers. They are in order with one worker; with several, the order is not promised.
    /// </summary>
    protected void AssertStarted<T>(IEnumerable<T> expected, IEnumerable<T> noted) =>
        Assert.Equal(expected, Workers == 1 ? noted : noted.Order());

    /// <summary>Occupies every worker until the gate opens.</summary>
    protected Task<Gate> OccupyAsync(IController controller) => OccupyAsync(controller, Workers);

    protected async Task<Gate> OccupyAsync(IController controller, int workers)
    {
        Gate gate = NewGate();
        Journal<int> arrived = new();
        for (int i = 0; i < workers; i++)
        {
            _ = controller.Submit(async () =>
            {
                arrived.Add(i);
                await gate.PassAsync();
            });

            // One after the other, so that a queue of any capacity has room.
            await arrived.WaitForAsync(i + 1);
        }

        return gate;
    }

    /// <summary>Occupies every worker with a function of the session.</summary>
    protected async Task<Pending[]> OccupyAllAsync(IController controller, Func<Session, Task> body)
    {
        Journal<int> arrived = new();
        Pending[] running =
        [
            .. Enumerable
                .Range(0, Workers)
                .Select(_ =>
                    controller.Submit(session =>
                    {
                        arrived.Add(0);
                        return body(session);
                    })
                ),
        ];
        await arrived.WaitForAsync(Workers);
        return running;
    }

    /// <summary>
    /// A round trip through another controller, after which every event that could start has started.
    /// </summary>
    protected async Task MarkerAsync()
    {
        if (_kit is not null)
        {
            await _kit.QuietAsync();
            return;
        }

        _marker ??= Runtime.CreateController(options => options.Name = "marker");
        _marker.Run();
        for (int i = 0; i < 10; i++)
        {
            await _marker.Submit(() => { }).Guarded();
        }
    }

    protected static object? Throw(Exception exception) => throw exception;
}
