using System.Buffers;
using System.Buffers.Binary;

namespace EventDrivenActors.Wire.Channel;

/// <summary>Takes messages out of envelopes and puts chunks together again. Not thread-safe.</summary>
internal sealed class RecordReader(int maximumMessage, int maximumChunk)
{
    // The reader's thread.
    private byte[]? _partial;
    private int _total;
    private int _filled;

    /// <summary>Calls back for every message that an envelope completes, in order.</summary>
    /// <exception cref="LinkProtocolException">The records break a rule; nothing is allocated for a length that is too
    /// large.</exception>
    public void Read(LinkEnvelope envelope, ILinkPeer peer)
    {
        ReadOnlyMemory<byte> rest = envelope.Bytes[EnvelopeFormat.HeaderSize..];
        while (!rest.IsEmpty)
        {
            uint header = ReadHeader(ref rest);
            bool more = (header & EnvelopeFormat.MoreFollows) != 0;
            int length = (int)(header & EnvelopeFormat.LengthMask);
            if ((header & EnvelopeFormat.Control) != 0)
            {
                if (more)
                {
                    throw new LinkProtocolException(
                        "A message of the control lane came in chunks, and that lane has none."
                    );
                }

                peer.OnReceived(Take(ref rest, length));
                continue;
            }
            if (_partial is null && more)
            {
                Begin((int)ReadHeader(ref rest));
            }

            if (_partial is null)
            {
                peer.OnReceived(Take(ref rest, length));
            }
            else if (Continue(Take(ref rest, length), more) is { } whole)
            {
                Deliver(whole, peer);
            }
        }
    }

    private void Begin(int total)
    {
        if (total <= 0 || total > maximumMessage)
        {
            throw new LinkProtocolException(
                $"A message claims '{total}' bytes, and at most '{maximumMessage}' are believed."
            );
        }

        _partial = ArrayPool<byte>.Shared.Rent(total);
        _total = total;
        _filled = 0;
    }

    private byte[]? Continue(ReadOnlyMemory<byte> chunk, bool more)
    {
        byte[] whole = _partial!;
        if (chunk.Length > _total - _filled || (!more && chunk.Length != _total - _filled))
        {
            throw new LinkProtocolException($"The chunks of a message of '{_total}' bytes do not add up.");
        }

        chunk.Span.CopyTo(whole.AsSpan(_filled));
        _filled += chunk.Length;
        if (more)
        {
            return null;
        }

        _partial = null;
        return whole;
    }

    private void Deliver(byte[] whole, ILinkPeer peer)
    {
        peer.OnReceived(whole.AsMemory(0, _total));
        ArrayPool<byte>.Shared.Return(whole);
    }

    private static uint ReadHeader(ref ReadOnlyMemory<byte> rest)
    {
        if (rest.Length < sizeof(uint))
        {
            throw new LinkProtocolException("An envelope ends within the header of a record.");
        }

        uint header = BinaryPrimitives.ReadUInt32LittleEndian(rest.Span);
        rest = rest[sizeof(uint)..];
        return header;
    }

    private ReadOnlyMemory<byte> Take(ref ReadOnlyMemory<byte> rest, int length)
    {
        if (length > rest.Length || length > maximumChunk)
        {
            throw new LinkProtocolException(
                $"A record claims '{length}' bytes where '{Math.Min(rest.Length, maximumChunk)}' are possible."
            );
        }

        ReadOnlyMemory<byte> taken = rest[..length];
        rest = rest[length..];
        return taken;
    }
}
