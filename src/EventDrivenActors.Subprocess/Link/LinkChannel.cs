using EventDrivenActors.Subprocess.Configuration;

namespace EventDrivenActors.Subprocess.Link;

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
internal sealed class LinkChannel(ILinkPeer peer, SubprocessSettings settings) : ILink
{
    private const long NoCall = 0;
    private readonly Lock _gate = new();
    private readonly RecordReader _reader = new(settings.MaximumMessageSize, settings.ChunkSize);
    private readonly Queue<RecordBatch> _waiting = new();
    private readonly Announcements _announced = new();
    private readonly Stack<RecordBatch> _spare = new();
    private readonly RecordBatch _control = new();
    private readonly RecordBatch _none = new();
    private readonly TaskCompletionSource _established = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _introduced = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _finished = new(TaskCreationOptions.RunContinuationsAsynchronously);
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
    /// Sets the function that sends envelopes; what was queued before goes first. It is called under a lock, and must
    /// only pass the envelope on before it returns.
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

    /// <summary>Takes the next envelope from the other end.</summary>
    /// <exception cref="LinkProtocolException">It breaks a rule.</exception>
    public void Receive(LinkEnvelope envelope)
    {
        if (envelope.Bytes.Length < EnvelopeFormat.HeaderSize)
        {
            throw new LinkProtocolException(
                $"An envelope of '{envelope.Bytes.Length}' bytes is shorter than its header."
            );
        }

        lock (_gate)
        {
            if (_closed)
            {
                return;
            }
            // What the peer answers meanwhile leaves in one envelope, which carries the acknowledgement too.
            _corked = true;
            _receivingThread = Environment.CurrentManagedThreadId;
            TakeAcknowledgement(EnvelopeFormat.Received(envelope), EnvelopeFormat.Flags(envelope));
            if (envelope.Number != 0 && envelope.Number != ++_received)
            {
                throw new LinkProtocolException($"Envelope '{envelope.Number}' arrived where '{_received}' was due.");
            }
        }
        // The second message of this kind is the one that Akka has carried.
        if (!_established.TrySetResult() && (EnvelopeFormat.Flags(envelope) & EnvelopeFlags.Hello) != 0)
        {
            _introduced.TrySetResult();
        }

        try
        {
            _reader.Read(envelope, peer);
        }
        finally
        {
            lock (_gate)
            {
                _corked = false;
                _receivingThread = 0;
                Pump();
                bool atOnce = (EnvelopeFormat.Flags(envelope) & EnvelopeFlags.Acknowledge) != 0;
                if (_received > _reported && (atOnce || _received - _reported >= settings.UnacknowledgedEnvelopes))
                {
                    Emit(0, EnvelopeFlags.None, _none);
                }
            }
        }
    }

    public Task DrainAsync()
    {
        lock (_gate)
        {
            if (_closed || IsDrained || _receivingThread == Environment.CurrentManagedThreadId)
            {
                return Task.CompletedTask;
            }

            _drained ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            Emit(0, EnvelopeFlags.Acknowledge, _none);
            return _drained.Task;
        }
    }

    /// <summary>
    /// Ends the link; the peer is told once. Called by the reading thread after its last envelope, or when its actor
    /// system ends.
    /// </summary>
    public void Close(string reason, bool isBreach = false)
    {
        lock (_gate)
        {
            if (_closed)
            {
                return;
            }

            _closed = true;
            Breach = isBreach ? reason : null;
            _waiting.Clear();
            _drained?.TrySetResult();
        }
        _established.TrySetException(new IOException($"The link closed before it stood: {reason}"));
        peer.OnClosed(reason);
        _finished.TrySetResult();
    }

    private bool IsDrained =>
        _waiting.Count == 0 && _last.Count == 0 && _control.Count == 0 && _announced.IsEmpty && _sent == _acknowledged;

    private void Append(ReadOnlySpan<byte> bytes, uint bits, int? total)
    {
        if (!_last.Fits(bytes.Length, settings.EnvelopeMessages, settings.EnvelopeSize))
        {
            _waiting.Enqueue(_last);
            _last = _spare.TryPop(out RecordBatch? spare) ? spare : new RecordBatch();
        }
        _last.Add(bytes, bits, total);
    }

    /// <summary>An announced message goes before later messages.</summary>
    private void AppendAnnounced()
    {
        for (; _announced.TryTake(out ReadOnlySpan<byte> message); message = default)
        {
            Append(message, 0, null);
        }
    }

    private void Pump()
    {
        if (_emit is null || _closed)
        {
            return;
        }

        if (_control.Count > 0)
        {
            EmitControl();
        }

        while (!_corked && _sent - _acknowledged < settings.UnacknowledgedEnvelopes)
        {
            AppendAnnounced();
            RecordBatch batch = _waiting.Count > 0 ? _waiting.Dequeue() : _last;
            if (batch.Count == 0)
            {
                return;
            }
            // While a drain is awaited every envelope asks for its receipt, because the last one has no successor that
            // would bring it.
            Emit(++_sent, _drained is null ? EnvelopeFlags.None : EnvelopeFlags.Acknowledge, batch);
            batch.Clear();
            if (batch != _last && _spare.Count < settings.UnacknowledgedEnvelopes)
            {
                _spare.Push(batch);
            }
        }
    }

    private void EmitControl()
    {
        Emit(0, EnvelopeFlags.None, _control);
        _control.Clear();
    }

    private void Emit(long number, EnvelopeFlags flags, RecordBatch batch)
    {
        _reported = _received;
        _emit?.Invoke(batch.Seal(number, _received, flags));
    }

    private void TakeAcknowledgement(long number, EnvelopeFlags flags)
    {
        // The message that makes Akka associate arrives once Akka has.
        if (number < _acknowledged && (flags & EnvelopeFlags.Hello) != 0)
        {
            return;
        }

        if (number < _acknowledged || number > _sent)
        {
            throw new LinkProtocolException(
                $"Envelope '{number}' was acknowledged, which lies outside of '{_acknowledged}' to '{_sent}'."
            );
        }

        _acknowledged = number;
        if (_drained is not null && IsDrained)
        {
            _drained.TrySetResult();
        }
    }
}
