using System.Buffers;
using System.Collections.Immutable;
using EventDrivenActors.Subprocess.Link;
using EventDrivenActors.Subprocess.Supervision;
using EventDrivenActors.Subprocess.Wire;

namespace EventDrivenActors.Subprocess.Forwarding;

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

    /// <summary>Cancels a call: here while it waits, by the child's word where it was sent.</summary>
    public void Cancel(OutstandingCall call)
    {
        bool withdrawn;
        lock (_gate)
        {
            withdrawn = _table.TryWithdraw(call);
            if (
                !withdrawn
                && call is { Settled: false, Cancelled: false }
                && _sessions.Find(session => session.Member.Calls == call.Holder) is { } child
            )
            {
                call.Cancelled = true;
                if (child.Member.IsUp)
                {
                    SendControl(child, new WireMessage.Cancel(call.Id, call.Number));
                }
            }

            MakeRoom();
            SendMore();
        }

        if (withdrawn)
        {
            call.Settle(EventOutcome.Cancelled);
            BecameIdle?.Invoke();
        }
    }

    /// <summary>Sends what may be sent, and looks further where that matters to others. Under the gate.</summary>
    private void SendMore()
    {
        if ((Pump() && _options.Recycling.MaxEvents is not null) || _table.HasSuspects)
        {
            Look();
        }
    }

    /// <summary>Sends what waits, while there is a child that takes it. Under the gate.</summary>
    /// <returns>Whether anything was sent.</returns>
    private bool Pump()
    {
        bool sent = false;
        TimeSpan now = _table.HasSuspects ? Now : default;
        foreach (ChildSession child in _sessions)
        {
            sent |= child.Member.IsUp && Pump(child, now);
        }

        return sent;
    }

    private bool Pump(ChildSession child, TimeSpan now)
    {
        bool sent = false;
        HeldCalls calls = child.Member.Calls;
        while (
            !_suspended
            && _roster.IsRunning
            && calls.Count < _maxInFlight
            && _table.TrySend(calls, now, out OutstandingCall call, TakesNew(child))
        )
        {
            sent = true;
            call.Allowed = call.Number <= _options.Workers ? LimitOfFirst(call.Limit) : call.Limit;
            ImmutableArray<int> typed = _encoder.TypedTokens;
            for (; child.DefinedTypes < typed.Length; child.DefinedTypes++)
            {
                Define(child, typed[child.DefinedTypes]);
            }

            if (call.Token > 0)
            {
                Define(child, call.Token);
            }

            if (call is RemoteCall remote)
            {
                Send(child, MessageOf(remote, child));
            }
            else
            {
                // What one large event takes is given back.
                ArrayBufferWriter<byte> writer =
                    call.Payload.Length <= MostKept ? _sending : new(call.Payload.Length + MostKept);
                writer.ResetWrittenCount();
                MessageCodec.WriteCall(
                    writer,
                    call.Id,
                    call.Token,
                    call.Payload.Span,
                    call.Attempt,
                    LimitOnTheWire(call),
                    call.Report is not null,
                    call.Slot
                );
                child.Link.Send(writer.WrittenMemory);
            }
        }

        return sent;
    }

    /// <summary>
    /// What is bound to a child goes to it as long as it is up; only what may go to any waits for its turn, and not for
    /// a child that may be killed for a time-out.
    /// </summary>
    private bool TakesNew(ChildSession child) =>
        child.Member.Role == ChildRole.Active && !child.Member.Pause.ByLadder && _roster.MayTake;

    private void Send(ChildSession child, WireMessage message)
    {
        _sending.ResetWrittenCount();
        MessageCodec.Write(_sending, message);
        child.Link.Send(_sending.WrittenMemory);
    }

    private void Define(ChildSession child, int token)
    {
        if (child.DefinedMethods.Add(token))
        {
            Send(child, _encoder.DefinitionOf(token));
        }
    }

    private bool SendControl(ChildSession child, WireMessage message)
    {
        _sending.ResetWrittenCount();
        MessageCodec.Write(_sending, message);
        return child.Link.SendControl(_sending.WrittenMemory);
    }

    /// <summary>One event beyond those in flight waits here, and the loop with it.</summary>
    private bool HasRoom => _table.Count <= _maxInFlight;

    /// <summary>Lets the loop go on if there is room, and not under the gate, as the caller is.</summary>
    private void MakeRoom()
    {
        if (TakeRoom() is { } room)
        {
            ThreadPool.UnsafeQueueUserWorkItem(static room => room.SetResult(), room, preferLocal: false);
        }
    }

    /// <summary>
    /// What the loop waits for, if there is room. Under the gate; to be completed without it, for the loop goes on at
    /// once.
    /// </summary>
    private TaskCompletionSource? TakeRoom() =>
        _room is not null && HasRoom ? Interlocked.Exchange(ref _room, null) : null;

    private ChildConfiguration Configure() =>
        new(
            Controller.Name,
            _options.Workers,
            TimeOption.Limit(_options.EventTimeout)?.Ticks ?? 0,
            ChildLinks.For(_context.System).Settings.ReadTimeout.Ticks,
            _options.MaxPayloadBytes,
            _options.Setup is null ? null : WireTypeName.Of(_options.Setup),
            [
                .. _options
                    .AllowedTypes.Concat(
                        _options.Mapping.Entries.Select(entry => entry.Key).OfType<Enum>().Select(key => key.GetType())
                    )
                    .Distinct()
                    .Select(WireTypeName.Of),
            ],
            [
                .. _options.Mapping.Entries.Select(entry => new MappedMethod(
                    (int)entry.Slot,
                    entry.Key is null ? default(ReadOnlyMemory<byte>) : _encoder.EncodeKey(entry.Key),
                    MethodReference.From(entry.Handler)
                )),
            ],
            default
        )
        {
            WarmUps = [.. _options.WarmUps.Select(MethodReference.From)],
        };
}
