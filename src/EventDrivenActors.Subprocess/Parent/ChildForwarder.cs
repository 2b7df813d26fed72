using System.Buffers;
using EventDrivenActors.Subprocess.Supervision;

namespace EventDrivenActors.Subprocess.Parent;

/// <summary>
/// The parent's half: takes the events that the child is to handle, sends them, and keeps a child alive.
/// </summary>
/// <remarks>
/// All state is under one gate; events are settled outside of it. Facets: Receiving (what a child says), Supervising
/// (the roster and the steps that it asks for), Ending (how children are let go), Burying (a child's end), Watching
/// (time and memory), Observing (what users read), Pausing (when children start nothing), Withdrawing (what is not to
/// start), RemoteObjects.
/// </remarks>
internal sealed partial class ChildForwarder : IIdleSource
{
    private readonly SubprocessOptions _options;
    private readonly IAdapterContext _context;
    private readonly CallEncoder _encoder;
    private readonly HashSet<object> _childKeys;
    private readonly Lock _gate = new();
    private readonly OutstandingTable _table;
    private const int MostKept = 1024 * 1024;

    private readonly ArrayBufferWriter<byte> _sending = new();
    private readonly LateReports _lateReports;
    private TaskCompletionSource? _room;
    private ChildLog? _log;
    private int _maxInFlight;
    private long _lastId;

    public ChildForwarder(SubprocessOptions options, IAdapterContext context)
    {
        _options = options;
        _context = context;
        _encoder = new CallEncoder(options);
        _table = new OutstandingTable(options.MaxAttempts);
        _roster = new ChildRoster(options, options.Jitter);
        _lateReports = new LateReports(EndTime);
        _wake = new DueTimer(context.TimeProvider, OnWake);
        _childKeys =
        [
            ControllerEvents.Submit.Name,
            .. options.Mapping.Entries.Select(entry => entry.Key).OfType<object>(),
        ];
        _configuration = Configure();
    }

    /// <inheritdoc/>
    public event Action? BecameIdle;

    /// <summary>
    /// Whether the child has nothing, also no handler that runs on past its time-out, and nothing that it raised waits
    /// for room in the queue.
    /// </summary>
    public bool IsIdle
    {
        get
        {
            lock (_gate)
            {
                return _table.Count == 0 && Volatile.Read(ref _raisedWaiting) == 0;
            }
        }
    }

    private IController Controller => _context.Controller;

    /// <summary>Encodes on the dispatching thread, so that what cannot cross fails at the caller.</summary>
    public Pending Outbound(OutboundEvent outbound, OutboundDelegate next)
    {
        if (MayForward(outbound.Key))
        {
            EncodedCall call = _encoder.Encode(outbound.Key, outbound.Value, outbound.Args, outbound.Context);
            outbound.Context = (outbound.Context ?? SessionContext.Empty).WithHidden(EncodedCall.Key, call);
        }

        return next(outbound);
    }

    /// <summary>
    /// Sends the events that the parent does not map to the child; while too many are in flight the loop waits here.
    /// </summary>
    public ValueTask Inbound(Session session, InboundDelegate next)
    {
        if (!Forwards(session))
        {
            return next(session);
        }

        if (!session.TryGet(EncodedCall.Key, out EncodedCall? call))
        {
            call = _encoder.Encode(session.Event, session.Value, session.Args, null);
        }

        return Forward(session.Defer(), call) is { } room ? new ValueTask(room) : default;
    }

    /// <summary>Whether the event was encoded when it was dispatched: then it only has to be sent.</summary>
    public static bool IsEncoded(Session session) => session.TryGet(EncodedCall.Key, out _);

    /// <summary>
    /// The parent keeps what it maps; its own handler of other events takes only what the child does not map either.
    /// </summary>
    private bool Forwards(Session session) =>
        session.Handlers is not [MappingEntry first, ..]
        || (first.Slot == MappingSlot.Otherwise && _childKeys.Contains(session.Event));

    /// <summary>The same, as far as it can be known before the event is taken.</summary>
    private bool MayForward(object key) =>
        !Controller.Mapping.Contains(key)
        && (
            ReferenceEquals(key, ControllerEvents.Submit.Name)
            || _childKeys.Contains(key)
            || Controller.Mapping.All(entry => entry.Slot != MappingSlot.Otherwise)
        );

    /// <returns>Completes when there is room for the next one; null when there is.</returns>
    private Task? Forward(DeferredEvent deferred, EncodedCall encoded)
    {
        int token = _encoder.TokenOf(encoded);
        ReportQueue? reports = deferred.Options.Progress is null
            ? null
            : new ReportQueue(deferred, _context.TimeProvider, _lateReports);
        bool idempotent = _options.IdempotentKeys.Contains(deferred.Key);
        ForwardedCall? call = null;
        Task? room = null;
        lock (_gate)
        {
            if (!_finishing)
            {
                call = new ForwardedCall(this, deferred, reports, ++_lastId, token, encoded.Payload, idempotent)
                {
                    Limit = TimeOption.Limit(deferred.Options.Timeout ?? _options.EventTimeout),
                    Report = reports is null ? null : reports.Add,
                };
                _table.Add(call);
                SendMore();
                room = HasRoom ? null : (_room ??= new TaskCompletionSource()).Task;
            }
        }

        if (call is null)
        {
            deferred.Settle(EventOutcome.Cancelled);
            return null;
        }

        deferred.WhenCancelled(call.Cancel);
        return room;
    }
}
