namespace EventDrivenActors.Wire.Channel;

/// <summary>
/// One end of a link, without Akka: batches what is sent, reads what is received, and keeps the clock of
/// acknowledgements.
/// </summary>
/// <remarks>
/// The next numbered envelope leaves while fewer than three are unacknowledged, so batches grow exactly as fast as the
/// other end falls behind. Receipt is acknowledged with the next envelope that goes the other way; only when the other
/// end may be waiting (all of its envelopes are here) an acknowledgement travels alone. No timer is needed, and a lone
/// call costs one envelope there and two back, the word of its start and that of its end. <see cref="ILink"/> may be
/// used by any thread; <see cref="Receive"/> belongs to the thread that reads the connection.
/// </remarks>
internal sealed partial class LinkChannel(ILinkPeer peer, ChannelSettings settings) : ILink
{
    private const long NoCall = 0;
    private readonly Lock _gate = new();
    private readonly RecordReader _reader = new(settings.MaximumMessageSize, settings.ChunkSize);
    private readonly TaskCompletionSource _established = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _introduced = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _finished = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // Under _gate.
    private readonly Queue<RecordBatch> _waiting = new();
    private readonly Announcements _announced = new();
    private readonly Stack<RecordBatch> _spare = new();
    private readonly RecordBatch _control = new();
    private readonly RecordBatch _none = new();
    private RecordBatch _last = new();
    private Action<LinkEnvelope>? _emit;
    private TaskCompletionSource? _drained;
    private long _sent;
    private long _acknowledged;
    private long _received;
    private long _reported;
    private int _receivingThread;
    private bool _corked;
    private bool _closed;

    /// <summary>Completes with the other end's first envelope; faults when the link closes before.</summary>
    public Task Established => _established.Task;

    /// <summary>
    /// Completes when Akka's remoting has associated both ends too; never, when the link closes before.
    /// </summary>
    public Task Introduced => _introduced.Task;

    /// <summary>
    /// Whether the link has ended. True before any code is told, and so before <see cref="Closed"/> completes.
    /// </summary>
    public bool IsClosed
    {
        get
        {
            lock (_gate)
            {
                return _closed;
            }
        }
    }

    /// <summary>Completes when the link has closed and the peer has been told.</summary>
    public Task Closed => _finished.Task;

    /// <summary>The rule that the other end broke, once the link has closed because of that.</summary>
    public string? Breach { get; private set; }

    /// <summary>
    /// Sets the function that sends envelopes; messages that were queued before go first. It is called under a lock,
    /// and must only pass the envelope on before it returns.
    /// </summary>
    public void Open(Action<LinkEnvelope> emit)
    {
        lock (_gate)
        {
            _emit = emit;
            Emit(0, EnvelopeFlags.Hello, _none);
            Pump();
        }
    }

    /// <summary>Tells the other end that Akka has introduced both ends to each other.</summary>
    public void Introduce()
    {
        lock (_gate)
        {
            Emit(0, EnvelopeFlags.Hello, _none);
        }
    }

    public bool Send(ReadOnlyMemory<byte> message) => SendInstead(NoCall, message);

    public bool SendInstead(long id, ReadOnlyMemory<byte> message)
    {
        if (message.Length > settings.MaximumMessageSize)
        {
            throw new ArgumentException(
                $"A message of '{message.Length}' bytes is longer than the '{settings.MaximumMessageSize}' that a "
                    + "link carries; send less at a time.",
                nameof(message)
            );
        }

        lock (_gate)
        {
            if (_closed)
            {
                return false;
            }

            if (id != NoCall)
            {
                _announced.Remove(id);
            }

            AppendAnnounced();
            ReadOnlySpan<byte> rest = message.Span;
            int? total = rest.Length > settings.ChunkSize ? rest.Length : null;
            for (; rest.Length > settings.ChunkSize; rest = rest[settings.ChunkSize..], total = null)
            {
                Append(rest[..settings.ChunkSize], EnvelopeFormat.MoreFollows, total);
            }

            Append(rest, 0, null);
            Pump();
            return true;
        }
    }

    public void Announce(long id, ReadOnlySpan<byte> message)
    {
        lock (_gate)
        {
            if (_closed)
            {
                return;
            }

            _announced.Add(id, message);
            Pump();
        }
    }

    public void TakeBack(long id)
    {
        lock (_gate)
        {
            _announced.Remove(id);
        }
    }

    public bool SendControl(ReadOnlyMemory<byte> message)
    {
        if (message.Length > settings.ChunkSize)
        {
            throw new ArgumentException(
                $"A control message of '{message.Length}' bytes is longer than a chunk of '{settings.ChunkSize}'; use "
                    + $"'{nameof(Send)}'.",
                nameof(message)
            );
        }

        lock (_gate)
        {
            if (_closed)
            {
                return false;
            }

            if (!_control.Fits(message.Length, settings.EnvelopeMessages, settings.EnvelopeSize))
            {
                EmitControl();
            }

            _control.Add(message.Span, EnvelopeFormat.Control, null);
            if (_emit is not null)
            {
                EmitControl();
            }

            return true;
        }
    }
}
