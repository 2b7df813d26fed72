using System.Buffers.Binary;

namespace EventDrivenActors.Subprocess.Remoting;

/// <summary>Walks the fields of one protobuf message without allocating.</summary>
internal ref struct ProtoFields(ReadOnlySpan<byte> message)
{
    private const int Varint = 0;
    private const int Fixed64 = 1;
    private const int Bytes = 2;
    private const int Fixed32 = 5;

    // Not thread-safe: one message, one thread.
    private ReadOnlySpan<byte> _rest = message;
    private int _wireType = -1;

    /// <summary>The number of the field.</summary>
    public int Field { get; private set; }

    /// <summary>
    /// Whether it is a number of variable length. A parser passes over a known field of another type than its own, so
    /// the type must be looked at.
    /// </summary>
    public bool IsVarint => _wireType == Varint;

    /// <summary>Whether it is a number of eight bytes.</summary>
    public bool IsFixed64 => _wireType == Fixed64;

    /// <summary>Whether it is bytes, a string or a message.</summary>
    public bool IsBytes => _wireType == Bytes;

    /// <summary>The value of a number field.</summary>
    public ulong Number { get; private set; }

    /// <summary>The value of a field of bytes, a string or a message; empty for a number field.</summary>
    public ReadOnlySpan<byte> Value { get; private set; }

    /// <summary>False once a field could not be read; nothing of the message is then to be trusted.</summary>
    public bool IsSound { get; private set; } = true;

    /// <summary>Goes to the next field.</summary>
    public bool Next()
    {
        if (_rest.IsEmpty || !IsSound)
        {
            return false;
        }

        Value = [];
        Number = 0;
        IsSound = ReadVarint(out ulong tag) && tag <= int.MaxValue && ReadValue(_wireType = (int)tag & 7);
        Field = (int)(tag >> 3);
        return IsSound;
    }

    private bool ReadValue(int wireType)
    {
        ulong number = 0;
        bool sound = wireType switch
        {
            Varint => ReadVarint(out number),
            Fixed64 => ReadFixed(sizeof(ulong), out number),
            Fixed32 => ReadFixed(sizeof(uint), out number),
            Bytes => ReadBytes(),
            _ => false,
        };
        Number = number;
        return sound;
    }

    private bool ReadBytes()
    {
        if (!ReadVarint(out ulong length) || length > (ulong)_rest.Length)
        {
            return false;
        }

        Value = _rest[..(int)length];
        _rest = _rest[(int)length..];
        return true;
    }

    private bool ReadFixed(int size, out ulong number)
    {
        number = 0;
        if (_rest.Length < size)
        {
            return false;
        }

        number =
            size == sizeof(uint)
                ? BinaryPrimitives.ReadUInt32LittleEndian(_rest)
                : BinaryPrimitives.ReadUInt64LittleEndian(_rest);
        _rest = _rest[size..];
        return true;
    }

    private bool ReadVarint(out ulong number)
    {
        number = 0;
        for (int shift = 0; shift < 64 && !_rest.IsEmpty; shift += 7)
        {
            byte next = _rest[0];
            _rest = _rest[1..];
            number |= (ulong)(next & 0x7f) << shift;
            if (next < 0x80)
            {
                return true;
            }
        }
        return false;
    }
}
