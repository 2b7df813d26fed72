using System.Buffers;
using System.Collections.Immutable;
using EventDrivenActors.Subprocess.Link;
using EventDrivenActors.Subprocess.Supervision;
using EventDrivenActors.Subprocess.Wire;

namespace EventDrivenActors.Subprocess.Parent;

/// <content>What is sent to children, and cancelled there.</content>
internal sealed partial class ChildForwarder
{
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
