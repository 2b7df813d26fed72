using System.Buffers;
using EventDrivenActors.Wire.Channel;
using EventDrivenActors.Wire.Payloads;
using EventDrivenActors.Wire.Protocol;

namespace EventDrivenActors.Wire.Calls;

/// <summary>Sends the holder's messages to the caller. Any thread; the link keeps the order.</summary>
/// <param name="link">To the caller.</param>
/// <param name="marks">Marks the calls that start; null for no marks.</param>
internal sealed class CallerOutbox(ILink link, StartMarks? marks = null)
{
    // The buffer of a larger message is given back.
    private const int KeptBytes = 1 << 20;

    [ThreadStatic]
    private static bool _isSending;
    private readonly StartMarks _marks = marks ?? StartMarks.None;

    // Any thread, by interlocked operations.
    private ArrayBufferWriter<byte>? _spare;

    /// <summary>Whether the calling thread is sending something.</summary>
    public static bool IsSending => _isSending;

    public void Send(WireMessage message)
    {
        using Sentence said = new(this);
        link.Send(said.Of(message));
    }

    /// <summary>
    /// Marks that a call starts, then tells the caller: at once if the link is free, otherwise when it is; after
    /// <see cref="SendOutcome"/> it need not be told. Called once for each call.
    /// </summary>
    /// <returns>False when it must not start.</returns>
    public bool Start(long call, int slot)
    {
        if (!Mark(call, slot))
        {
            return false;
        }

        using Sentence said = new(this);
        MessageCodec.WriteStarted(said.Writer, call);
        link.Announce(call, said.Writer.WrittenSpan);
        return true;
    }

    /// <summary>Marks that user code runs for a call from now on.</summary>
    /// <returns>False when it must not.</returns>
    public bool Mark(long call, int slot) => _marks.TrySet(slot, call);

    /// <summary>Marks that no user code runs for a call, which has not started.</summary>
    public void Unmark(int slot) => _marks.Clear(slot);

    /// <summary>Says that a call has completed, which says too that it started.</summary>
    /// <exception cref="PayloadException">A result cannot cross; nothing was said.</exception>
    public void SendCompleted(long call, IReadOnlyList<object?> results, PayloadCodec codec)
    {
        using Sentence said = new(this);
        MessageCodec.WriteCompleted(said.Writer, call, results, codec);
        link.SendInstead(call, said.Writer.WrittenMemory);
    }

    /// <summary>Says how a call ended, which says too that it started.</summary>
    public void SendOutcome(WireMessage.Settled settled)
    {
        using Sentence said = new(this);
        ReadOnlyMemory<byte> message = said.Of(settled);

        // The handler of a call that timed out may go on, so the caller must still hear that it has started.
        _ = settled.Kind == OutcomeKind.TimedOut ? link.Send(message) : link.SendInstead(settled.Id, message);
    }

    /// <summary>Says something short that does not wait for what was said before.</summary>
    public void SendControl(WireMessage message)
    {
        using Sentence said = new(this);
        link.SendControl(said.Of(message));
    }

    /// <summary>Completes when the caller has all that was said so far.</summary>
    public Task ArrivedAsync() => link.DrainAsync();

    /// <summary>Memory in which one thread puts a message together; it is used again.</summary>
    private readonly ref struct Sentence
    {
        private readonly CallerOutbox _outbox;

        public Sentence(CallerOutbox outbox)
        {
            _outbox = outbox;
            Writer = Interlocked.Exchange(ref outbox._spare, null) ?? new ArrayBufferWriter<byte>();
            _isSending = true;
        }

        public ArrayBufferWriter<byte> Writer { get; }

        public ReadOnlyMemory<byte> Of(WireMessage message)
        {
            MessageCodec.Write(Writer, message);
            return Writer.WrittenMemory;
        }

        public void Dispose()
        {
            _isSending = false;
            if (Writer.Capacity <= KeptBytes)
            {
                Writer.ResetWrittenCount();
                Volatile.Write(ref _outbox._spare, Writer);
            }
        }
    }
}
