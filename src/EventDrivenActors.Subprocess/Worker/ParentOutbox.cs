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

    /// <summary>Says once that a call starts, at once if the link is free, else when it is; <see cref="Settle"/> makes it needless.</summary>
    public void Start(RunningCall call)
    {
        lock (_gate)
        {
            if (!call.StartSaid)
            {
                call.StartSaid = true;
                _writer.ResetWrittenCount();
                MessageCodec.WriteStarted(_writer, call.Id);
                link.Announce(call.Id, _writer.WrittenSpan);
            }
        }
    }

    /// <summary>Says that a call has completed, which says too that it started.</summary>
    /// <exception cref="PayloadException">A result cannot cross; nothing was said.</exception>
    public void Complete(long call, IReadOnlyList<object?> results, PayloadCodec codec)
    {
        lock (_gate)
        {
            _writer.ResetWrittenCount();
            MessageCodec.WriteCompleted(_writer, call, results, codec);
            link.SendInstead(call, _writer.WrittenMemory);
        }
    }

    /// <summary>Says how a call ended, which says too that it started.</summary>
    public void Settle(WireMessage.Settled settled)
    {
        lock (_gate)
        {
            ReadOnlyMemory<byte> message = Encode(settled);

            // The handler of one that timed out may go on: that it has started is then still news.
            _ = settled.Kind == OutcomeKind.TimedOut ? link.Send(message) : link.SendInstead(settled.Id, message);
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
