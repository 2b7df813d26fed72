using EventDrivenActors.TestKit;

namespace EventDrivenActors.TestSupport.Contracts;

/// <summary>
/// What all contracts share: a runtime with a clock of its own for each test, and short ways to make controllers.
/// </summary>
public abstract class ContractBase : IAsyncLifetime
{
    private readonly List<Gate> _gates = [];
    private readonly ControllerTestKit? _kit;
    private IController? _marker;

    /// <param name="onKit">Whether it is a matter of order and time, which the kit's dispatcher decides; the others
    /// meet the threads of a real one.</param>
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

    /// <summary>Creates what the contract is for; it is not run.</summary>
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

    /// <summary>What handlers noted: in order with one worker; with several, who notes first is not promised.</summary>
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

    /// <summary>A round trip through another controller: what could have started by now has started.</summary>
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
