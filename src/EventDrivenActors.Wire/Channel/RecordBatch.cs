using System.Buffers.Binary;

namespace EventDrivenActors.Wire.Channel;

/// <summary>
/// Records that will leave in one envelope, which is built in place. Not thread-safe; reused after <see cref="Clear"/>.
/// </summary>
internal sealed class RecordBatch
{
    // Under the channel's gate.
    private byte[] _bytes = new byte[512];
    private int _length = EnvelopeFormat.HeaderSize;

    public int Count { get; private set; }

    public ReadOnlySpan<byte> Records => _bytes.AsSpan(EnvelopeFormat.HeaderSize, _length - EnvelopeFormat.HeaderSize);

    /// <summary>
    /// Whether one more record of so many bytes keeps within an envelope's limits; an empty batch takes any record.
    /// </summary>
    public bool Fits(int bytes, int maximumCount, int maximumBytes) =>
        Count == 0
        || (
            Count < maximumCount
            && _length - EnvelopeFormat.HeaderSize + bytes + EnvelopeFormat.MaximumRecordHeader <= maximumBytes
        );

    /// <summary>
    /// Adds a record; <paramref name="total"/> is the length of the whole message in the first of several chunks, else
    /// null.
    /// </summary>
    public void Add(ReadOnlySpan<byte> bytes, uint bits, int? total)
    {
        int needed = _length + EnvelopeFormat.MaximumRecordHeader + bytes.Length;
        if (needed > _bytes.Length)
        {
            Array.Resize(ref _bytes, Math.Max(needed, _bytes.Length * 2));
        }

        BinaryPrimitives.WriteUInt32LittleEndian(_bytes.AsSpan(_length), (uint)bytes.Length | bits);
        _length += sizeof(uint);
        if (total is { } whole)
        {
            BinaryPrimitives.WriteInt32LittleEndian(_bytes.AsSpan(_length), whole);
            _length += sizeof(int);
        }
        bytes.CopyTo(_bytes.AsSpan(_length));
        _length += bytes.Length;
        Count++;
    }

    /// <summary>The envelope, which shares the batch's memory.</summary>
    public LinkEnvelope Seal(long number, long received, EnvelopeFlags flags)
    {
        EnvelopeFormat.WriteHeader(_bytes, number, received, flags);
        return new LinkEnvelope(number, _bytes.AsMemory(0, _length));
    }

    public void Clear()
    {
        _length = EnvelopeFormat.HeaderSize;
        Count = 0;
    }
}
