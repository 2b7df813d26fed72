using System.Buffers.Binary;
using System.Net.Sockets;
using EventDrivenActors.Wire.Channel;

namespace EventDrivenActors.TestKit.Children;

/// <summary>
/// The child's end of a simulated link. It tracks where frames begin, holds back what a frozen child sends, and applies
/// the faults that have their place among the bytes.
/// </summary>
internal sealed class ChildStream(SimulatedPipe outward, SimulatedPipe inward, IByteFaults child)
    : SimulatedStream(outward, inward)
{
    private readonly Lock _gate = new();
    private readonly SimulatedPipe _outward = outward;

    // Under _gate.
    private readonly List<byte[]> _kept = [];
    private readonly Queue<byte[]> _injected = [];
    private int _sent;
    private int _leftOfFrame;
    private bool _saidHello;
    private bool _keeps;
    private bool _dead;

    public override int Send(ReadOnlySpan<byte> bytes, out SocketError error)
    {
        error = SocketError.Success;
        lock (_gate)
        {
            SimulatedFault? fault = null;
            if (_leftOfFrame == 0)
            {
                while (_injected.TryDequeue(out byte[]? frame))
                {
                    Pass(frame);
                }

                if (!_saidHello && bytes[sizeof(int)] == (byte)FrameKind.Envelope)
                {
                    _saidHello = true;
                    fault = child.MeetHello();
                }

                _leftOfFrame = sizeof(int) + BinaryPrimitives.ReadInt32LittleEndian(bytes);
            }

            _leftOfFrame -= bytes.Length;
            Pass(bytes);
            if (fault is { Kind: SimulatedFaultKind.Doubled } && _leftOfFrame == 0)
            {
                Pass(bytes);
            }

            if (fault is not null)
            {
                child.AfterHello(fault);
            }
        }

        return bytes.Length;
    }

    /// <summary>Sends a frame of its own between two frames of the child.</summary>
    public void Inject(byte[] frame)
    {
        lock (_gate)
        {
            if (_leftOfFrame == 0)
            {
                Pass(frame);
            }
            else
            {
                _injected.Enqueue(frame);
            }
        }
    }

    /// <summary>Holds back everything that the child sends from now on, until <see cref="LetOut"/>.</summary>
    public void Keep()
    {
        lock (_gate)
        {
            _keeps = true;
        }
    }

    public void LetOut()
    {
        lock (_gate)
        {
            _keeps = false;
            _kept.ForEach(bytes => Pass(bytes));
            _kept.Clear();
        }
    }

    /// <summary>Drops everything that the child sends from now on.</summary>
    public void Die()
    {
        lock (_gate)
        {
            _dead = true;
        }
    }

    /// <summary>Sends bytes, unless the child is dead or frozen. Under _gate.</summary>
    private void Pass(ReadOnlySpan<byte> bytes)
    {
        if (_dead)
        {
            return;
        }

        if (_keeps)
        {
            _kept.Add(bytes.ToArray());
            return;
        }

        int allowed = child.MaySend(_sent, bytes.Length);
        _sent += allowed;
        _outward.Send(bytes[..allowed]);
        if (allowed < bytes.Length)
        {
            child.DieOfBytes();
        }
    }
}
