using EventDrivenActors.Subprocess.Launching;
using EventDrivenActors.Wire.Channel;
using EventDrivenActors.Wire.Protocol;

namespace EventDrivenActors.TestKit.Children;

/// <content>How the child meets its faults.</content>
internal sealed partial class SimulatedChild
{
    // Under _gate.
    private readonly Dictionary<SimulatedWord, int> _counts = [];

    // The arrivals of _toChild, one at a time.
    private int _received;
    private bool _mayReceive = true;

    // Any thread, by interlocked operations: not 0 once the child is set up, or is made late.
    private int _noLongerStarts;

    /// <summary>
    /// Counts a message, and applies the fault that waits at it, as far as it happens before the message.
    /// </summary>
    /// <returns>The fault, or null.</returns>
    public SimulatedFault? Meet(ReadOnlySpan<byte> message, bool says = false) => Meet((SimulatedWord)message[0], says);

    public SimulatedFault? MeetHello() => Meet(SimulatedWord.Hello, says: true);

    public void AfterHello(SimulatedFault fault) => After(fault);

    /// <summary>Applies the part of a fault that happens after the message.</summary>
    public void After(SimulatedFault? fault)
    {
        if (fault?.Kind is SimulatedFaultKind.DieAfter or SimulatedFaultKind.LateAfterDeath)
        {
            if (fault.Kind == SimulatedFaultKind.LateAfterDeath)
            {
                _toParent.Hold();
            }

            End(new ChildExit(null, CrashSignal, []), null, fault);
        }
    }

    /// <summary>Returns how many of the next bytes leave before the child dies.</summary>
    public int MaySend(int sent, int length) => _all.MaySend(this, sent, length);

    public void DieOfBytes() => End(new ChildExit(null, CrashSignal, []), null);

    private SimulatedFault? Meet(SimulatedWord word, bool says)
    {
        int count;
        lock (_gate)
        {
            count = _counts[word] = _counts.GetValueOrDefault(word) + 1;
        }

        Interlocked.Or(ref _noLongerStarts, word is SimulatedWord.Ready or SimulatedWord.SetupFailed ? 1 : 0);
        SimulatedFault? fault = _all.Meet(this, word, count);
        Interlocked.Or(ref _noLongerStarts, fault?.Kind == SimulatedFaultKind.Late ? 1 : 0);
        switch (fault?.Kind)
        {
            case SimulatedFaultKind.DieBefore:
                DieOfBytes();
                break;
            case SimulatedFaultKind.ExitBefore:
                End(ChildExit.From(fault.Amount, []), null);
                break;
            case SimulatedFaultKind.Freeze:
                Freeze(Milliseconds(fault.Amount));
                break;
            case SimulatedFaultKind.Starve:
                Starve(Milliseconds(fault.Amount));
                break;
            case SimulatedFaultKind.Late when says:
                _toParent.Delay(Milliseconds(fault.Amount));
                break;
            case SimulatedFaultKind.Late:
                _talk.Hold();
                After(Milliseconds(fault.Amount), GoOnTalking);
                break;
            case SimulatedFaultKind.Forged:
                Forge((SimulatedForgery)fault.Amount);
                break;
        }

        return fault;
    }

    private void Forge(SimulatedForgery forgery)
    {
        long id =
            _all.LastCallOfTheDead is > 0 and { } dead
            && forgery is SimulatedForgery.SettledOfTheDead or SimulatedForgery.StartedOfTheDead
                ? dead
                : long.MaxValue / 2;
        switch (forgery)
        {
            case SimulatedForgery.SettledUnknown or SimulatedForgery.SettledOfTheDead:
                SendForged(new WireMessage.Settled(id, OutcomeKind.Skipped, default, null));
                break;
            case SimulatedForgery.StartedUnknown or SimulatedForgery.StartedOfTheDead:
                SendForged(new WireMessage.Started(id));
                break;
            case SimulatedForgery.WordOfTheParent:
                SendForged(new WireMessage.Resume());
                break;
            case SimulatedForgery.Garbage:
                _stream.Inject(ForgedFrames.Of(FrameKind.Envelope, _all.Dice.NextBytes(32)));
                break;
            case SimulatedForgery.UnknownFrame:
                _stream.Inject(ForgedFrames.Of((FrameKind)77, [1, 2, 3]));
                break;
            case SimulatedForgery.EndlessFrame:
                _stream.Inject(ForgedFrames.Endless);
                break;
            case SimulatedForgery.Stray:
                _stream.Inject(ForgedFrames.Of(FrameKind.Pdu, [1, 2, 3]));
                break;
        }
    }

    private void SendForged(WireMessage message) => _talk.SendForged(message);

    private int MayReceive(int length)
    {
        int may = _all.MayReceive(this, _received, length);
        _received += may;
        _mayReceive &= may == length;
        return may;
    }

    private void OnArrived()
    {
        if (!_mayReceive)
        {
            DieOfBytes();
        }
    }
}
