using EventDrivenActors.Wire.Channel;

namespace EventDrivenActors.Subprocess.Remoting;

/// <summary>
/// Akka's part of one end of a link. Akka only introduces the two ends to each other, after the first messages; no
/// message of the link passes here.
/// </summary>
/// <param name="connection">To the other end.</param>
/// <param name="guard">Judges what the other end says to Akka.</param>
/// <param name="channel">The link.</param>
internal sealed class RemotingEnd(FrameConnection connection, PduGuard guard, LinkChannel channel) : IFrameSink
{
    private const int MostEarly = 4;

    private readonly Lock _gate = new();

    // Under _gate.
    private readonly Queue<byte[]> _early = new();
    private IInstructed? _akka;
    private bool _ended;

    public LinkChannel Channel => channel;

    /// <summary>Sends what Akka says.</summary>
    /// <returns>False when the other end does not keep pace.</returns>
    public bool Write(ReadOnlySpan<byte> pdu)
    {
        if (PduGuard.IsInstruction(pdu))
        {
            return connection.Write(FrameKind.Pdu, pdu);
        }

        // Akka writes messages only once both ends have associated. The message itself has no reader.
        channel.Introduce();
        return true;
    }

    public void Close() => connection.Close();

    /// <summary>From now on Akka hears what its other end says, and that the link has ended. Called once.</summary>
    public void Attach(IInstructed akka)
    {
        lock (_gate)
        {
            while (_early.TryDequeue(out byte[]? instruction))
            {
                akka.OnInstruction(instruction);
            }

            _akka = akka;
            if (_ended)
            {
                akka.OnEnd();
            }
        }
    }

    public void OnFrame(FrameKind kind, ReadOnlyMemory<byte> payload)
    {
        switch (guard.Judge(payload.Span))
        {
            case PduVerdict.Instruction:
                Pass(payload.Span);
                break;
            case PduVerdict.Farewell:
                connection.Close();
                break;
        }
    }

    public void OnEnd(string reason, bool isBreach)
    {
        lock (_gate)
        {
            _ended = true;
            _akka?.OnEnd();
        }
    }

    private void Pass(ReadOnlySpan<byte> instruction)
    {
        lock (_gate)
        {
            if (_akka is not null)
            {
                _akka.OnInstruction(instruction);
            }
            else if (_early.Count < MostEarly)
            {
                // The first one introduces the other end; later ones say only that it lives.
                _early.Enqueue(instruction.ToArray());
            }
        }
    }
}
