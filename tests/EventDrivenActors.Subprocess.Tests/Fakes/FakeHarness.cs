using Akka.Configuration;
using EventDrivenActors.Subprocess.Launching;
using EventDrivenActors.TestKit;
using EventDrivenActors.TestSupport;

namespace EventDrivenActors.Subprocess.Tests.Fakes;

/// <summary>
/// A controller whose first child follows a script and whose later ones are honest, on a clock that only the test
/// moves.
/// </summary>
internal sealed class FakeHarness : IAsyncDisposable
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan OneSecond = TimeSpan.FromSeconds(1);

    private readonly FakeScript _first;
    private readonly List<FakeChild> _children = [];
    private readonly TaskCompletionSource _launched = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Leftovers _leftovers = new();

    public FakeHarness(
        FakeScript first,
        string settings = "",
        Action<SubprocessOptions>? child = null,
        Func<FakeScript, FakeChild>? make = null,
        Action<ControllerOptions>? configure = null
    )
    {
        _first = first;
        Runtime = EventRuntime.Create(options =>
        {
            // The clock leaps, and whoever has not looked for "unresponsive-after" takes a leap for a standstill of its
            // own.
            options.TimeProvider = Clock;
            options.Configuration = ConfigurationFactory.ParseString(
                $"akka.loglevel = OFF, akka.stdout-loglevel = OFF, event-driven-actors.subprocess {{ "
                    + $"heartbeat.interval = 10ms, heartbeat.unresponsive-after = 9s, {settings} }}"
            );
        });
        Controller = Runtime.CreateController(options =>
        {
            options.Mapping.On("heard", (string line) => Heard.Add(line));
            Child = options.AddSubprocess(options =>
            {
                options.MaxInFlight = 2;
                options.Restart.MinDelay = TimeSpan.Zero;
                options.Launcher = launch => Launch(make ?? (script => new FakeChild(script)));
                child?.Invoke(options);
            });
            configure?.Invoke(options);
        });
        Controller.Run();
    }

    public VirtualTime Clock { get; } = new();

    public EventRuntime Runtime { get; }

    public Controller Controller { get; }

    public SubprocessAdapter Child { get; private set; } = null!;

    /// <summary>What children have raised.</summary>
    public Journal<string> Heard { get; } = new();

    /// <summary>The child that follows the script.</summary>
    public FakeChild First => _children[0];

    /// <summary>The same, once it has been started.</summary>
    public async Task<FakeChild> FirstAsync()
    {
        await _launched.Task.Guarded();
        return First;
    }

    /// <summary>Completes when the fault of the first child has happened.</summary>
    public async Task ReachedAsync()
    {
        await (await FirstAsync()).Reached.Guarded();
    }

    /// <summary>Lets time pass until a task ends; one that needs none ends first.</summary>
    /// <param name="task">What is waited for.</param>
    /// <param name="slowly">Whether a child is to find the time to live on meanwhile.</param>
    public async Task PassTimeAsync(Task task, bool slowly = false)
    {
        using CancellationTokenSource hung = new(HangGuard.Limit);
        for (
            TimeSpan moment = Moment;
            await Task.WhenAny(task, Task.Delay(moment, hung.Token)) != task;
            moment = slowly ? Moment : TimeSpan.FromMilliseconds(1)
        )
        {
            hung.Token.ThrowIfCancellationRequested();
            Clock.Advance(OneSecond);
        }
    }

    /// <summary>
    /// Shuts the controller down; the clock stands still, so that nothing but the end itself can end it.
    /// </summary>
    public async Task<ShutdownReport> StopAsync() => await Controller.ShutdownAsync().Guarded();

    public async ValueTask DisposeAsync()
    {
        await PassTimeAsync(Runtime.DisposeAsync().AsTask());
        await _leftovers.GoneAsync();
    }

    private IChildProcess Launch(Func<FakeScript, FakeChild> make)
    {
        if (_children.Count > 0)
        {
            FakeChild next = new(new FakeScript());
            _children.Add(next);
            return next;
        }

        FakeChild first = make(_first);
        _children.Add(first);
        _launched.SetResult();
        return _first.Fault?.Step == Step.Spawn ? throw first.FailSpawn() : first;
    }
}
