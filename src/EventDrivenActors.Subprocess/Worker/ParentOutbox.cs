using System.Buffers;
using EventDrivenActors.Subprocess.Link;
using EventDrivenActors.Subprocess.Wire;

namespace EventDrivenActors.Subprocess.Worker;

/// <summary>What the child says to its parent. Any thread; in order.</summary>
internal sealed class ParentOutbox(ILink link)
{
    private readonly Lock _gate = new();
    private readonly ArrayBufferWriter<byte> _writer = new();

    /// <summary>Whether the calling thread is just saying something.</summary>
    public bool IsSending => _gate.IsHeldByCurrentThread;

    public void Send(WireMessage message)
    {
        lock (_gate)
        {
            link.Send(Encode(message));
        }
    }

    /// <summary>Says that a call starts, at once if the link is free, else when it is; <see cref="Settle"/> makes it needless.</summary>
    public void Start(long call)
    {
        lock (_gate)
        {
            link.Announce(call, Encode(new WireMessage.Started(call)).Span);
        }
    }

    /// <summary>Says how a call ended, which says too that it started.</summary>
    public void Settle(WireMessage.Settled settled)
    {
        lock (_gate)
        {
            // The handler of one that timed out may go on: that it has started is then still news.
            if (settled.Kind != OutcomeKind.TimedOut)
            {
                link.TakeBack(settled.Id);
            }

            link.Send(Encode(settled));
        }
    }

    /// <summary>Says something short that does not wait behind what was said before.</summary>
    public void SendControl(WireMessage message)
    {
        lock (_gate)
        {
            link.SendControl(Encode(message));
        }
    }

    /// <summary>Completes when the parent has all that was said so far.</summary>
    public Task ArrivedAsync() => link.DrainAsync();

    private ReadOnlyMemory<byte> Encode(WireMessage message)
    {
        _writer.ResetWrittenCount();
        MessageCodec.Write(_writer, message);
        return _writer.WrittenMemory;
    }
}
