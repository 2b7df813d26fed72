using Akka.Configuration;
using EventDrivenActors.TestKit.Loops;
using EventDrivenActors.TestKit.Recording;
using Xunit;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace EventDrivenActors.TestKit;

/// <summary>
/// Base class for tests of controllers. Each test gets an actor system and a runtime of its own, on virtual time.
/// </summary>
/// <remarks>
/// <para>A controller is an actor, so all of Akka's <c>TestKit</c> works as well.</para>
/// <para>
/// After the test, the kit ends all controllers and their children. The test fails if a handler's exception went
/// unobserved or an event had no handler (see <see cref="ControllerTestKitOptions"/>). The kit writes the last events
/// of each controller to the test's output, which runners show with a failure.
/// </para>
/// </remarks>
public partial class ControllerTestKit : Akka.TestKit.Xunit2.TestKit, IAsyncLifetime
{
    private readonly ControllerTestKitOptions _options;
    private readonly EventJournals _journals;

    // The test, and the programs that it explores or simulates, one at a time.
    private readonly List<EventRuntime> _runtimes = [];

    /// <summary>Creates the actor system.</summary>
    /// <param name="output">The test's output, if the test class has it.</param>
    /// <param name="configure">Sets options.</param>
    public ControllerTestKit(ITestOutputHelper? output = null, Action<ControllerTestKitOptions>? configure = null)
        : this(output, Configured(configure)) { }

    private ControllerTestKit(ITestOutputHelper? output, ControllerTestKitOptions options)
        : base(options.Configuration.WithFallback(Reference), null, output)
    {
        _options = options;
        _journals = EventJournals.Of(Sys);
        _journals.Capacity = options.LastEvents;
        _journals.Work.QuietLimit = RealLimit.Of(options.QuietLimit);
        Runtime = CreateRuntime();
    }

    /// <summary>The clock of the runtime, of Akka's scheduler, and of any code that the test passes it to.</summary>
    public VirtualTime Time => _journals.Time;

    /// <summary>
    /// The runtime of the test, in its actor system. In <see cref="ExploreAsync"/> and <see cref="SimulateAsync"/>, the
    /// runtime of the current seed.
    /// </summary>
    public EventRuntime Runtime { get; private set; }

    internal EventJournals Journals => _journals;

    private static Config Reference { get; } =
        ConfigurationFactory.FromResource("EventDrivenActors.TestKit.test.conf", typeof(ControllerTestKit).Assembly);

    /// <summary>Creates a further runtime in the test's actor system; it ends with the test.</summary>
    /// <param name="configure">Sets options, except those that the kit itself sets.</param>
    /// <returns>The runtime.</returns>
    public EventRuntime CreateRuntime(Action<EventRuntimeOptions>? configure = null)
    {
        EventRuntime runtime = EventRuntime.For(
            Sys,
            options =>
            {
                configure?.Invoke(options);
                Join(options);
            }
        );
        _runtimes.Add(runtime);
        return runtime;
    }

    /// <summary>
    /// Gives the kit's clock, journals and checks to a runtime that the application itself creates in <c>Sys</c>.
    /// </summary>
    /// <param name="options">The options that the application passes to
    /// <see cref="EventRuntime.For(Akka.Actor.ActorSystem, Action{EventRuntimeOptions})"/>.</param>
    public void Join(EventRuntimeOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        Action<ControllerOptions>? others = options.ConfigureEach;
        options.TimeProvider = Time;
        options.DrainBudget = 1;
        options.Unhandled = OnUnhandled;
        options.ConfigureEach = controller =>
        {
            others?.Invoke(controller);
            SubprocessAdapter[] children = [.. controller.Adapters.OfType<SubprocessAdapter>()];
            if (_run is { } run)
            {
                Array.ForEach(children, run.Attach);
            }

            Array.ForEach(children, child => child.Options.LinkTime ??= TimeProvider.System);
            controller.Adapters.Insert(0, new RecordingAdapter(_journals, children));
        };
    }

    /// <summary>Creates a controller in <see cref="Runtime"/>. Its events wait for <c>Run</c>.</summary>
    /// <param name="configure">Sets its options.</param>
    /// <returns>The controller.</returns>
    public Controller CreateController(Action<ControllerOptions>? configure = null) =>
        Runtime.CreateController(configure);

    /// <inheritdoc cref="CreateController(Action{ControllerOptions}?)"/>
    /// <param name="blueprint">Its handlers and hooks.</param>
    public Controller CreateController(MappingBlueprint blueprint) => Runtime.CreateController(blueprint);

    /// <summary>Creates a pool in <see cref="Runtime"/>. Its events wait for <c>Run</c>.</summary>
    /// <param name="workers">The number of workers.</param>
    /// <param name="configure">Sets its options; called once for each worker.</param>
    /// <returns>The pool.</returns>
    public ControllerPool CreatePool(int workers, Action<PoolOptions>? configure = null) =>
        Runtime.CreatePool(workers, configure);

    /// <summary>
    /// Waits until no loop of the actor system has runnable work: no event is queued that could run, no handler runs,
    /// and no continuation is about to run.
    /// </summary>
    /// <returns>
    /// A task that completes then. It also waits for the answer of a child process, until this process has hardly used
    /// a processor for a second, or for <see cref="ControllerTestKitOptions.QuietLimit"/> at most. A handler that has
    /// suspended is not runnable work, whatever it awaits: a clock that stands still, another event, or something real,
    /// such as a file or a child process. To wait for something real, await the event.
    /// </returns>
    /// <exception cref="TimeoutException">The loops were not quiet within the limit of real time; the message says
    /// which were at work.</exception>
    public Task QuietAsync() => Time.AdvanceAsync(TimeSpan.Zero);

    /// <summary>Takes the findings so far, so that the test does not fail because of them.</summary>
    /// <returns>The findings; empty when there are none.</returns>
    public IReadOnlyList<KitFinding> TakeFindings() => _journals.TakeFindings();

    /// <inheritdoc/>
    public virtual Task InitializeAsync() => Task.CompletedTask;

    /// <summary>
    /// Ends all controllers and their children, and fails the test if findings are left. An override must call this
    /// last.
    /// </summary>
    /// <returns>A task that completes when all have ended.</returns>
    /// <exception cref="XunitException">A failure went unobserved, or an event had no handler.</exception>
    public virtual async Task DisposeAsync()
    {
        await EndAsync().ConfigureAwait(false);
        string last = _journals.Describe();
        Output?.WriteLine(last);
        KitFinding[] findings = FailingFindings();
        if (findings.Length > 0)
        {
            throw new XunitException(
                $"The test ended with {findings.Length} unobserved finding(s); await the event, map "
                    + $"{nameof(ControllerEvents)}.{nameof(ControllerEvents.Error)}, expect it with an EventFilter or "
                    + $"{nameof(TakeFindings)}, or opt out in {nameof(ControllerTestKitOptions)}:"
                    + string.Join(Environment.NewLine, ["", .. findings.Select(finding => $"{finding}"), last])
            );
        }
    }

    private static ControllerTestKitOptions Configured(Action<ControllerTestKitOptions>? configure)
    {
        ControllerTestKitOptions options = new();
        configure?.Invoke(options);
        return options;
    }

    private KitFinding[] FailingFindings() =>
        [.. TakeFindings().Where(finding => finding.Exception is null || _options.FailOnUnobservedFailures)];

    private async Task EndAsync()
    {
        foreach (EventRuntime runtime in _runtimes)
        {
            await Time.DriveAsync(runtime.AbortAsync()).ConfigureAwait(false);
        }
    }

    private void OnUnhandled(IController controller, object key)
    {
        if (_options.FailOnUnhandledEvents)
        {
            _journals.Add(new KitFinding($"The controller '{controller.Name}' has no handler for the event '{key}'."));
        }
    }
}
