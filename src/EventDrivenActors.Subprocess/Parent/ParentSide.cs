using EventDrivenActors.Advanced;
using EventDrivenActors.Subprocess.Configuration;
using EventDrivenActors.Subprocess.Remoting;
using EventDrivenActors.Subprocess.Supervision;
using EventDrivenActors.Wire.Calls;

namespace EventDrivenActors.Subprocess.Parent;

/// <summary>
/// The parent's half of one controller's children: it makes the owners of its parts, and connects them to the
/// controller's seams.
/// </summary>
/// <remarks>
/// The owners share one gate: the roster decides which child takes a call, and calls that start, end or are lost decide
/// the roster's next step, so two locks would be taken in both orders. Under the gate nothing blocks and no user code
/// runs; calls are settled without it. The receiver of one child, the events that a child raises, the progress of one
/// event and the last lines of dead children have separate locks, because user code runs between their steps.
/// </remarks>
internal sealed class ParentSide
{
    private readonly Lock _gate = new();
    private readonly IController _controller;
    private readonly ChildRoster _roster;
    private readonly SupervisedChildren _children = new();
    private readonly Suspension _suspension;
    private readonly CallQueue _queue;
    private readonly Supervisor _supervisor;
    private readonly RunEnd _run;
    private readonly CallDispatcher _dispatcher;
    private readonly CallFilters _filters;
    private readonly ChildStarter _starter;

    public ParentSide(ParentOptions options, IAdapterContext context)
    {
        SubprocessSettings settings = ParentLinks.For(context.System).Settings;
        _controller = context.Controller;
        SupervisionLog log = new(
            context.System,
            _controller.Name,
            options.OutputReceived,
            settings.LoggedLines,
            context.TimeProvider
        );
        CallEncoder encoder = new(
            new EncoderOptions
            {
                Handlers = options.Handlers,
                AllowedTypes = options.AllowedTypes,
                MaxPayloadBytes = options.MaxPayloadBytes,
                Refuse = static (message, cause) => new PayloadRefusedException(message, cause),
            }
        );
        LateProgress lateProgress = new(options.EndTime);
        SupervisionTimer timer = new(context.TimeProvider, () => _supervisor!.OnDue());
        HandlerClock handlers = new(options.KillsOnTimeout, timer, log);
        MemoryWatch memory = new(
            _gate,
            options.Rules.Recycling,
            context.TimeProvider,
            options.MeasureMemory,
            _children,
            () => _supervisor!.Look()
        );
        _roster = new ChildRoster(options.Rules, options.Jitter);
        _suspension = new Suspension(_gate, _children);
        _queue = new CallQueue(_gate, options, context, _roster, _children, _suspension);
        _supervisor = new Supervisor(
            _gate,
            context,
            options.Rules.Recycling.MaxEvents is not null,
            _roster,
            _children,
            _queue,
            _suspension,
            timer,
            memory,
            handlers,
            log
        );
        _run = new RunEnd(_gate, context, _children, _queue, _supervisor, lateProgress, log);
        _dispatcher = new CallDispatcher(
            _gate,
            options,
            context,
            encoder,
            _children,
            _queue,
            _supervisor,
            handlers,
            lateProgress
        );
        _filters = new CallFilters(_controller, options.Handlers, encoder, _dispatcher);
        CallReader reader = new(
            _gate,
            _controller.Name,
            settings.ReadTimeout,
            encoder,
            _dispatcher,
            _supervisor,
            _run,
            log
        );
        _starter = new ChildStarter(
            _gate,
            options,
            context,
            settings,
            encoder,
            _queue,
            reader,
            _supervisor,
            _run,
            log
        );
        _supervisor.StartChild = _starter.Start;
        Objects = new RemoteObjects(
            _gate,
            _controller,
            TimeOption.Limit(options.EventTimeout),
            encoder,
            _queue,
            _dispatcher,
            _supervisor,
            _run,
            log
        );
    }

    public RemoteObjects Objects { get; }

    public SupervisionState State
    {
        get
        {
            lock (_gate)
            {
                return new SupervisionState(
                    _roster.State,
                    _roster.Restarts,
                    _roster.Recycled,
                    _children.Serving?.ProcessId,
                    _children.With(ChildRole.Spare)?.ProcessId,
                    _children.Count,
                    !_children.All(child => child.Member.IsUp)
                );
            }
        }
    }

    /// <summary>Connects the owners to the seams of the controller.</summary>
    public void Install(IAdapterContext context)
    {
        context.UseOutbound(_filters.Outbound);
        context.UseRelay(_filters.Inbound, CallFilters.IsEncoded);
        context.UseIdleSource(_queue);
        IControllerLifecycle lifecycle = context.Lifecycle.InPlace;
        lifecycle.OnStarting(Prepare);
        lifecycle.OnStarted(Start);
        lifecycle.OnReady(_supervisor.ReadyAsync);
        lifecycle.OnSuspended(_suspension.BeginAsync);
        lifecycle.OnResumed(_supervisor.Resume);
        lifecycle.OnCleaning(_dispatcher.Clean);
        lifecycle.OnFinishing(_dispatcher.Finish);
        lifecycle.OnAborting(_run.Abort);
        lifecycle.OnStopping(_run.StopAsync);
    }

    public void Kill() => _supervisor.Kill();

    public Task ControllerReadyAsync(CancellationToken cancellationToken) => _controller.ReadyAsync(cancellationToken);

    /// <summary>A run is about to begin: events may be taken before the child is started.</summary>
    private void Prepare()
    {
        lock (_gate)
        {
            _queue.Reset();
            _dispatcher.Reset();
            _supervisor.Reset();
            _run.Reset();
        }
    }

    private void Start()
    {
        _starter.Prepare();
        _run.Open();
        _supervisor.Start();
    }
}
