namespace EventDrivenActors.TestSupport.Contracts;

/// <summary>
/// An adapter may add handlers, context, other adapters and a source of idleness; and an adapter may fail.
/// </summary>
public abstract class AdapterContract : ContractBase
{
    private static readonly SessionKey<string> Layer = new("layer");

    [Fact]
    public async Task Adapter_SeesItsControllerAndItsClock()
    {
        IAdapterContext seen = null!;
        IController controller = StartWith(context => seen = context);

        Assert.Same(controller, seen.Controller.Pool ?? seen.Controller);
        Assert.Same(Time, seen.TimeProvider);
        await controller.Dispatch("x").Guarded();
    }

    [Fact]
    public async Task Map_AddsHandlersBehindTheControllersOwn()
    {
        IController controller = Start(
            m => m.On("x", _ => "own"),
            options =>
                options.Adapters.Add(
                    new DelegateAdapter(context =>
                        context.Map(new MappingBlueprint().On("x", _ => "added").On("y", _ => 1))
                    )
                )
        );

        Assert.Equal(["own", "added"], await controller.Dispatch("x").Guarded());
        Assert.Equal([1], await controller.Dispatch("y").Guarded());
    }

    [Fact]
    public async Task Provide_AddsContextThatEventsMayOverride()
    {
        IController controller = Start(
            m => m.On("x", session => session.Get(Layer)),
            options => options.Adapters.Add(new DelegateAdapter(context => context.Provide(Layer, "adapter")))
        );

        Assert.Equal(["adapter"], await controller.Dispatch("x").Guarded());
        Assert.Equal(
            ["event"],
            await controller.Dispatch("x", context: SessionContext.Empty.With(Layer, "event")).Guarded()
        );
    }

    [Fact]
    public async Task Require_GivesOneInstanceThatIsInstalledBefore()
    {
        List<CountingAdapter> seen = [];
        IController controller = StartWith(
            context => seen.Add(context.Require<CountingAdapter>()),
            context => seen.Add(context.Require<CountingAdapter>())
        );

        Assert.Same(seen[0], seen[1]);
        Assert.Equal([1], await controller.Dispatch("counted").Guarded());
    }

    [Fact]
    public void Require_OfAdaptersThatRequireEachOther_NamesThem()
    {
        InvalidOperationException failure = Assert.Throws<InvalidOperationException>(() =>
            StartWith(context => context.Require<Hen>())
        );

        Assert.Contains(
            $"'{typeof(Hen)}', which requires '{typeof(Egg)}', which requires '{typeof(Hen)}'",
            failure.Message
        );
        Assert.Contains("OnStarting", failure.Message);
    }

    [Fact]
    public void Require_OfAnAdapterInTheOptions_GivesThatOne()
    {
        CountingAdapter given = new();
        CountingAdapter? required = null;

        Create(options =>
        {
            options.Adapters.Add(new DelegateAdapter(context => required = context.Require<CountingAdapter>()));
            options.Adapters.Add(given);
        });

        Assert.Same(given, required);
        Assert.Equal(Workers, given.Configured);
    }

    [Fact]
    public async Task IdleSource_ThatIsBusy_KeepsTheControllerFromBeingIdle()
    {
        ManualIdleSource source = new() { IsIdle = false };
        IController controller = StartWith(context => context.UseIdleSource(source));

        Assert.False(controller.IsIdle);
        Task idle = controller.WaitForIdleAsync();
        await controller.Dispatch("x").Guarded();
        await MarkerAsync();
        Assert.False(idle.IsCompleted);
        source.Rest();

        await idle.Guarded();
        Assert.True(controller.IsIdle);
    }

    [Fact]
    public async Task IdleSource_ThatFails_DoesNotBreakTheLoop()
    {
        IController controller = StartWith(context => context.UseIdleSource(new BrokenIdleSource()));

        Assert.Equal([1], await controller.Dispatch("x").Guarded());
        Assert.Equal([1], await controller.Dispatch("x").Guarded());
    }

    [Fact]
    public async Task IdleSource_ThatFailsWhileSomebodyWaits_DoesNotBreakTheLoop()
    {
        IController controller = StartWith(context => context.UseIdleSource(new BrokenIdleSource()));
        Gate gate = await OccupyAsync(controller);
        Task idle = controller.WaitForIdleAsync();

        gate.Open();

        for (int i = 0; i < 2 * Workers; i++)
        {
            Assert.Equal([1], await controller.Dispatch("x").Guarded());
        }

        // A source that cannot answer must not hang a caller: the loop reports it and counts it as idle.
        await idle.Guarded();
    }

    private IController StartWith(params Action<IAdapterContext>[] adapters) =>
        Start(
            m => m.On("x", _ => 1),
            options =>
            {
                foreach (Action<IAdapterContext> adapter in adapters)
                {
                    options.Adapters.Add(new DelegateAdapter(adapter));
                }
            }
        );

    private sealed class CountingAdapter : IAdapter
    {
        public int Configured { get; private set; }

        public void Configure(IAdapterContext controller)
        {
            Configured++;
            controller.Map(new MappingBlueprint().On("counted", _ => Configured));
        }
    }

    private sealed class ManualIdleSource : IIdleSource
    {
        private volatile bool _idle;

        public event Action? BecameIdle;

        public bool IsIdle
        {
            get => _idle;
            init => _idle = value;
        }

        public void Rest()
        {
            _idle = true;
            BecameIdle?.Invoke();
        }
    }

    private sealed class BrokenIdleSource : IIdleSource
    {
        event Action? IIdleSource.BecameIdle
        {
            add { }
            remove { }
        }

        public bool IsIdle => throw new TestFailureException();
    }

    private sealed class Hen : IAdapter
    {
        public void Configure(IAdapterContext controller) => controller.Require<Egg>();
    }

    private sealed class Egg : IAdapter
    {
        public void Configure(IAdapterContext controller) => controller.Require<Hen>();
    }
}
