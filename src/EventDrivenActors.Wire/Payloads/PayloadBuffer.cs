using System.Buffers;

namespace EventDrivenActors.Wire.Payloads;

/// <summary>
/// Where a payload is built before any of it reaches the caller's writer: bounded and reused. One thread at a time.
/// </summary>
internal sealed class PayloadBuffer(int maxBytes) : IBufferWriter<byte>
{
    /// <summary>The highest limit that a payload can have.</summary>
    public const int MostBytes = 1024 * 1024 * 1024;

    private const int KeptBytes = 1 << 20;
    private const int FirstBytes = 1024;

    // A number asks for more room than it then takes.
    private const long Slack = 16;

    private byte[] _bytes = new byte[FirstBytes];
    private int _length;

    /// <exception cref="PayloadException">More than the limit was written.</exception>
    public ReadOnlySpan<byte> Written => _length <= maxBytes ? _bytes.AsSpan(0, _length) : throw TooLarge();

    /// <summary>The state that the writer of objects keeps here; made for the first object.</summary>
    public PayloadState? State { get; set; }

    /// <summary>Empties the buffer, and gives back the memory that an unusually large payload took.</summary>
    public void Reset()
    {
        _length = 0;
        State?.Reset();
        if (_bytes.Length > KeptBytes)
        {
            Replace(new byte[FirstBytes]);
        }
    }

    public void Advance(int count) => _length += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Require(sizeHint);
        return _bytes.AsMemory(_length);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Require(sizeHint);
        return _bytes.AsSpan(_length);
    }

    public void Write(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(GetSpan(bytes.Length));
        _length += bytes.Length;
    }

    public void WriteByte(byte value)
    {
        GetSpan(1)[0] = value;
        _length++;
    }

    private static string MayBeRaised =>
        $", or raise MaxPayloadBytes, which may be up to {MostBytes}";

    private PayloadException TooLarge() =>
        new(
            $"The value takes more than the {maxBytes} bytes that a payload may have; send it in "
                + $"parts{(maxBytes < MostBytes ? MayBeRaised : "")}."
        );

    private void Require(int size)
    {
        long needed = (long)_length + Math.Max(size, 1);
        if (needed > maxBytes + Slack)
        {
            throw TooLarge();
        }

        if (needed > _bytes.Length)
        {
            byte[] larger = ArrayPool<byte>.Shared.Rent(
                (int)Math.Min(Math.Max(needed, _bytes.Length * 2L), maxBytes + Slack)
            );
            _bytes.AsSpan(0, _length).CopyTo(larger);
            Replace(larger);
        }
    }

    private void Replace(byte[] bytes)
    {
        if (_bytes.Length > FirstBytes)
        {
            ArrayPool<byte>.Shared.Return(_bytes);
        }

        _bytes = bytes;
    }
}
