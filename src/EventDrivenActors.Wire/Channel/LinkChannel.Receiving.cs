namespace EventDrivenActors.Wire.Channel;

/// <content>Receiving, and the channel's end.</content>
internal sealed partial class LinkChannel
{
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
            // The peer's answers meanwhile leave in one envelope, which carries the acknowledgement too.
            _corked = true;
            _receivingThread = Environment.CurrentManagedThreadId;
            TakeAcknowledgement(EnvelopeFormat.Received(envelope));
            if (envelope.Number != 0 && envelope.Number != ++_received)
            {
                throw new LinkProtocolException($"Envelope '{envelope.Number}' arrived where '{_received}' was due.");
            }
        }
        // The second message of this kind says that Akka has introduced the two ends.
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

    private void TakeAcknowledgement(long number)
    {
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
