using EventDrivenActors.Subprocess;
using EventDrivenActors.Subprocess.Parent;
using EventDrivenActors.Subprocess.Supervision;
using EventDrivenActors.Wire.Payloads;

namespace EventDrivenActors;

/// <summary>How a child process is made and kept alive.</summary>
public sealed partial class SubprocessOptions
{
    private const int MostPayloadBytes = PayloadBuffer.MostBytes;

    internal HashSet<Type> AllowedTypes { get; } = [];

    internal HashSet<object> IdempotentKeys { get; } = [];

    internal Type? Setup { get; private set; }

    /// <summary>How many handlers run at a time in the child.</summary>
    /// <value>Default 1.</value>
    public int Workers { get; set; } = 1;

    /// <summary>The handlers and hooks of the child; they must be static methods or lambdas without captures.</summary>
    /// <value>Default empty: the child runs submitted functions only.</value>
    public MappingBlueprint Mapping { get; set; } = new();

    /// <summary>
    /// Environment variables for the child, added to those that it inherits or replacing them; <see langword="null"/>
    /// removes one.
    /// </summary>
    /// <remarks>
    /// The runtime's own switches can be set here, such as <c>DOTNET_GCHeapHardLimit</c>. Other programs of the same
    /// user can read them, so put no secrets here.
    /// </remarks>
    /// <value>Default empty.</value>
    public IDictionary<string, string?> Environment { get; } = new Dictionary<string, string?>(StringComparer.Ordinal);

    /// <summary>How long the handlers of an event may take, from their start in the child.</summary>
    /// <remarks>
    /// The parent keeps the time, so neither a starved thread pool of the child nor a child that is stopped delays it.
    /// The child keeps it too, and fires the handler's token.
    /// </remarks>
    /// <value>100 ns to 10 years. Default <see langword="null"/>, which is as <see cref="Timeout.InfiniteTimeSpan"/>:
    /// no limit.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is none of these.</exception>
    public TimeSpan? EventTimeout
    {
        get;
        set => field = TimeOption.Require(value, nameof(EventTimeout));
    }

    /// <summary>
    /// Whether a handler that ignores its token for <see cref="KillGrace"/> after its time-out costs the child its
    /// life.
    /// </summary>
    /// <value>Default <see langword="false"/>.</value>
    public bool KillOnTimeout { get; set; }

    /// <summary>How long a handler that has timed out may take to end by itself.</summary>
    /// <value>Zero, 100 ns to 10 years, or infinite for never killing it. Default 1 s.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is none of these.</exception>
    public TimeSpan KillGrace
    {
        get;
        set => field = TimeOption.RequireOrZero(value, nameof(KillGrace));
    } = TimeSpan.FromSeconds(1);

    /// <summary>The most events that may be on their way to or in the child.</summary>
    /// <value>Default <see langword="null"/>: 1,000; in a pool of children twice the <see cref="Workers"/>, so that the
    /// work spreads.</value>
    public int? MaxInFlight { get; set; }

    /// <summary>The most bytes that an event's value, arguments and context, or its results, may take.</summary>
    /// <remarks>A payload is built in memory, and there are several copies of it while it crosses.</remarks>
    /// <value>Default 16 MiB; at most 1 GiB.</value>
    public int MaxPayloadBytes { get; set; } = 16 * 1024 * 1024;

    /// <summary>How many children an event of an idempotent key may cost before it is given up as poisoned.</summary>
    /// <remarks>
    /// An event is not charged with the death of a child in which it had not started. Nor is it charged with the first
    /// death of a child that ran other events beside it, so it may be started once more.
    /// </remarks>
    /// <value>Default 3.</value>
    public int MaxAttempts { get; set; } = 3;

    /// <summary>
    /// How long the set-up of a child may take, from when its process is connected until its workers are prepared; then
    /// it is killed, as if the set-up had thrown.
    /// </summary>
    /// <value>100 ns to 10 years, or infinite for no limit. Default <see langword="null"/>: what
    /// <c>event-driven-actors.subprocess.setup-timeout</c> says, 30 s.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is none of these.</exception>
    public TimeSpan? SetupTimeout
    {
        get;
        set => field = TimeOption.Require(value, nameof(SetupTimeout));
    }

    /// <summary>
    /// Whether a second child is kept ready, which takes over at once when the first one dies or is recycled.
    /// </summary>
    /// <value>Default <see langword="false"/>.</value>
    public bool WarmSpare { get; set; }

    /// <summary>How the child is restarted.</summary>
    public RestartOptions Restart { get; } = new();

    /// <summary>When a child that works is replaced.</summary>
    public RecyclingOptions Recycling { get; } = new();

    /// <summary>
    /// Gets each line that the child writes to its standard output or error, on a thread of the link; must not block.
    /// </summary>
    /// <value>Default <see langword="null"/>: the lines go to the actor system's log, output as information and errors
    /// as warnings. A runtime's own system logs both, unless its configuration sets <c>akka.loglevel</c>.</value>
    public Action<ChildOutput>? OutputReceived { get; set; }

    /// <summary>Names a type that the child instantiates to build its workers.</summary>
    /// <typeparam name="TSetup">The set-up; its constructor runs in the child.</typeparam>
    /// <returns>These options.</returns>
    public SubprocessOptions Use<TSetup>()
        where TSetup : IChildSetup, new()
    {
        Setup = typeof(TSetup);
        return this;
    }

    /// <summary>
    /// Lets instances of a type cross the process line where no mapped or submitted signature names it.
    /// </summary>
    /// <typeparam name="T">The type; what its fields are declared to hold is allowed with it.</typeparam>
    /// <returns>These options.</returns>
    public SubprocessOptions AllowType<T>()
    {
        AllowedTypes.Add(typeof(T));
        return this;
    }

    /// <summary>
    /// Says that handling an event of these keys twice does no harm: an event that had started when its child died is
    /// then delivered again. Other events are delivered again only if they had not started.
    /// </summary>
    /// <param name="keys">The keys; <see cref="ControllerEvents.Submit"/> stands for all submitted functions.</param>
    /// <returns>These options.</returns>
    public SubprocessOptions Idempotent(params object[] keys)
    {
        ArgumentNullException.ThrowIfNull(keys);
        foreach (object key in keys)
        {
            IdempotentKeys.Add(key is EventKey typed ? typed.Name : key);
        }

        return this;
    }

    internal void Validate()
    {
        OptionRange.Require(Workers >= 1, nameof(Workers), Workers, "at least 1");
        OptionRange.Require(
            MaxInFlight is not < 1,
            nameof(MaxInFlight),
            MaxInFlight,
            "at least 1, or null for the default"
        );
        OptionRange.Require(
            MaxPayloadBytes is >= 1 and <= MostPayloadBytes,
            nameof(MaxPayloadBytes),
            MaxPayloadBytes,
            $"from 1 to {MostPayloadBytes}, which is 1 GiB"
        );
        OptionRange.Require(MaxAttempts >= 1, nameof(MaxAttempts), MaxAttempts, "at least 1");
        ValidatePlace();
        ValidateTypes();
        Restart.Validate();
        Recycling.Validate();
    }

    internal RosterRules Rules() => new(Workers, WarmSpare, KillGrace, Restart, Recycling);

    /// <summary>A copy for the parent's half.</summary>
    internal ParentOptions ForParent() =>
        new()
        {
            Rules = Rules(),
            Jitter = Jitter,
            MeasureMemory = MeasureMemory,
            KillsOnTimeout = KillOnTimeout && KillGrace != Timeout.InfiniteTimeSpan,
            Handlers = [.. Mapping.Entries],
            AllowedTypes = [.. AllowedTypes],
            IdempotentKeys = [.. IdempotentKeys],
            MaxPayloadBytes = MaxPayloadBytes,
            MaxAttempts = MaxAttempts,
            MaxInFlight = MaxInFlight,
            EventTimeout = EventTimeout,
            FirstEventTimeout = FirstEventTimeout,
            SetupTimeout = SetupTimeout,
            Setup = Setup,
            WarmUps = [.. WarmUps],
            OutputReceived = OutputReceived,
            Place = Place,
            Launcher = Launcher,
            LinkTime = LinkTime,
        };
}
