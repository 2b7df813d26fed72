using System.Buffers;
using EventDrivenActors.Subprocess.Child;
using EventDrivenActors.Subprocess.Connecting;
using EventDrivenActors.Wire.Calls;
using EventDrivenActors.Wire.Channel;
using EventDrivenActors.Wire.Protocol;

namespace EventDrivenActors.TestKit.Children;

/// <summary>
/// Wraps the program of a simulated child, and applies the faults to each message that it sends or receives.
/// </summary>
internal sealed class SimulatedProgram(ChildProgram program, SimulatedChild child) : IChildProgram, ILink
{
    private readonly Lock _gate = new();

    // Set once, when the program starts.
    private ILink? _link;

    // Under _gate.
    private readonly Queue<(byte[] Message, bool Met)> _waiting = [];
    private bool _holds;
    private bool _empties;

    public void Prepare(ReadOnlyMemory<byte> configuration, StartMarks marks) => program.Prepare(configuration, marks);

    public Task RunAsync(ReadOnlyMemory<byte> configuration, ILink link, ChildSystem system, CancellationToken leaving)
    {
        _link = link;
        return program.RunAsync(configuration, this, system, leaving);
    }

    public void OnReceived(ReadOnlyMemory<byte> message)
    {
        lock (_gate)
        {
            if (_holds || _empties)
            {
                _waiting.Enqueue((message.ToArray(), false));
                return;
            }
        }

        Take(message, met: false);
    }

    public void OnClosed(string reason)
    {
        if (!child.IsDead)
        {
            program.OnClosed(reason);
        }
    }

    public bool Send(ReadOnlyMemory<byte> message) => Say(message, message => _link!.Send(message));

    public bool SendControl(ReadOnlyMemory<byte> message) => Say(message, message => _link!.SendControl(message));

    public bool SendInstead(long id, ReadOnlyMemory<byte> message) =>
        Say(message, message => _link!.SendInstead(id, message));

    public void Announce(long id, ReadOnlySpan<byte> message)
    {
        byte[] copy = message.ToArray();
        Say(
            copy,
            message =>
            {
                _link!.Announce(id, message.Span);
                return true;
            }
        );
    }

    public void TakeBack(long id) => _link!.TakeBack(id);

    public Task DrainAsync() => child.IsDead ? Task.CompletedTask : _link!.DrainAsync();

    /// <summary>Sends a message that no honest child sends. No fault applies to it.</summary>
    public void SendForged(WireMessage message)
    {
        ArrayBufferWriter<byte> writer = new();
        MessageCodec.Write(writer, message);
        _link?.Send(writer.WrittenMemory);
    }

    /// <summary>Holds back received messages until <see cref="GoOn"/>.</summary>
    public void Hold()
    {
        lock (_gate)
        {
            _holds = true;
        }
    }

    public void GoOn()
    {
        lock (_gate)
        {
            _holds = false;
            if (_empties || _waiting.Count == 0)
            {
                return;
            }

            _empties = true;
        }

        child.RunLoose(Empty);
    }

    private void Empty()
    {
        while (true)
        {
            (byte[] Message, bool Met) next;
            lock (_gate)
            {
                if (_holds || !_waiting.TryDequeue(out next))
                {
                    _empties = false;
                    return;
                }
            }

            Take(next.Message, next.Met);
        }
    }

    private void Take(ReadOnlyMemory<byte> message, bool met)
    {
        if (child.IsDead)
        {
            return;
        }

        child.Heard(message.Span);
        SimulatedFault? fault = met ? null : child.Meet(message.Span);
        switch (fault?.Kind)
        {
            case SimulatedFaultKind.DieBefore or SimulatedFaultKind.ExitBefore:
                return;
            case SimulatedFaultKind.Freeze or SimulatedFaultKind.Late:
                Return(message);
                return;
            case SimulatedFaultKind.Doubled:
                program.OnReceived(message);
                break;
        }

        program.OnReceived(message);
        child.After(fault);
    }

    /// <summary>Puts a message, whose fault has been applied, back at the head of the queue.</summary>
    private void Return(ReadOnlyMemory<byte> message)
    {
        lock (_gate)
        {
            (byte[] Message, bool Met)[] rest = [.. _waiting];
            _waiting.Clear();
            _waiting.Enqueue((message.ToArray(), true));
            Array.ForEach(rest, _waiting.Enqueue);
        }
    }

    private bool Say(ReadOnlyMemory<byte> message, Func<ReadOnlyMemory<byte>, bool> send)
    {
        if (child.IsDead)
        {
            return true;
        }

        SimulatedFault? fault = child.Meet(message.Span, says: true);
        if (fault?.Kind is SimulatedFaultKind.DieBefore or SimulatedFaultKind.ExitBefore)
        {
            return true;
        }

        if (fault?.Kind == SimulatedFaultKind.Doubled)
        {
            _link!.Send(message);
        }

        bool sent = send(message);
        child.After(fault);
        return sent;
    }
}
