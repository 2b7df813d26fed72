using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace EventDrivenActors.Subprocess.Wire;

/// <summary>
/// Where a payload is put together before any of it reaches the caller's writer: bounded, reused, both a buffer writer and the stream
/// that Hyperion wants. One thread at a time.
/// </summary>
internal sealed class PayloadBuffer(int maxBytes) : Stream, IBufferWriter<byte>
{
    private const int KeptBytes = 1 << 20;
    private const int FirstBytes = 1024;

    // A number asks for more room than it then takes.
    private const long Slack = 16;

    private byte[] _bytes = new byte[FirstBytes];
    private int _length;

    /// <exception cref="PayloadException">More than the limit was written.</exception>
    public ReadOnlySpan<byte> Written => _length <= maxBytes ? _bytes.AsSpan(0, _length) : throw TooLarge();

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => _length;

    public override long Position
    {
        get => _length;
        set => throw new NotSupportedException();
    }

    /// <summary>Empties the buffer, and gives back the memory that an unusually large payload took.</summary>
    public void Reset()
    {
        _length = 0;
        if (_bytes.Length > KeptBytes)
        {
            Replace(new byte[FirstBytes]);
        }
    }

    /// <summary>Leaves room for a length that is known only later.</summary>
    public int ReserveLength()
    {
        GetSpan(sizeof(int));
        _length += sizeof(int);
        return _length;
    }

    /// <summary>Fills in the room that <see cref="ReserveLength"/> left in front of <paramref name="start"/>.</summary>
    public void PatchLength(int start) => BinaryPrimitives.WriteInt32LittleEndian(_bytes.AsSpan(start - sizeof(int)), _length - start);

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

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        // Hyperion writes at every level of its recursion, so a stack that runs short becomes an exception here and not the end of the process.
        RuntimeHelpers.EnsureSufficientExecutionStack();
        buffer.CopyTo(GetSpan(buffer.Length));
        _length += buffer.Length;
    }

    public override void WriteByte(byte value)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        GetSpan(1)[0] = value;
        _length++;
    }

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    private PayloadException TooLarge() =>
        new($"The value takes more than the {maxBytes} bytes that a payload may have; send it in parts, or raise the limit.");

    private void Require(int size)
    {
        var needed = (long)_length + Math.Max(size, 1);
        if (needed > maxBytes + Slack)
        {
            throw TooLarge();
        }

        if (needed > _bytes.Length)
        {
            byte[] larger = ArrayPool<byte>.Shared.Rent((int)Math.Min(Math.Max(needed, _bytes.Length * 2L), maxBytes + Slack));
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
