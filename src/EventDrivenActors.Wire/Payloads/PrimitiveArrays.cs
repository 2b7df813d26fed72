using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace EventDrivenActors.Wire.Payloads;

/// <summary>
/// Arrays of primitives as their memory, in the byte order of the machine, which both processes share.
/// </summary>
internal static class PrimitiveArrays
{
    // The position in this list is part of the wire format.
    private static readonly Form[] Forms =
    [
        new Form<byte>(),
        new Form<sbyte>(),
        new Form<short>(),
        new Form<ushort>(),
        new Form<int>(),
        new Form<uint>(),
        new Form<long>(),
        new Form<ulong>(),
        new Form<float>(),
        new Form<double>(),
        new Form<char>(),
    ];

    private static readonly Dictionary<Type, byte> Numbers = Forms
        .Select((form, number) => (form.ArrayType, number))
        .ToDictionary(pair => pair.ArrayType, pair => (byte)pair.number);

    /// <summary>The number of an array's form, null when it has none.</summary>
    public static byte? NumberOf(Type type) => Numbers.TryGetValue(type, out byte number) ? number : null;

    public static void Write(PayloadBuffer buffer, byte number, object array)
    {
        buffer.WriteByte(number);
        buffer.WriteBytes(Forms[number].BytesOf(array));
    }

    public static object Read(ref WireReader reader)
    {
        byte number = reader.ReadByte();
        ReadOnlySpan<byte> bytes = reader.ReadBytes().Span;
        return number < Forms.Length
            ? Forms[number].FromBytes(bytes)
            : throw new WireFormatException(
                $"The array form '{number}' is not known; parent and child must run the same build."
            );
    }

    private abstract class Form
    {
        public abstract Type ArrayType { get; }

        public abstract ReadOnlySpan<byte> BytesOf(object array);

        public abstract object FromBytes(ReadOnlySpan<byte> bytes);
    }

    private sealed class Form<T> : Form
        where T : unmanaged
    {
        public override Type ArrayType => typeof(T[]);

        public override ReadOnlySpan<byte> BytesOf(object array) => MemoryMarshal.AsBytes(((T[])array).AsSpan());

        public override object FromBytes(ReadOnlySpan<byte> bytes)
        {
            int size = Unsafe.SizeOf<T>();
            if (bytes.Length % size != 0)
            {
                throw new WireFormatException($"{bytes.Length} bytes are no whole number of '{typeof(T)}'.");
            }

            T[] array = GC.AllocateUninitializedArray<T>(bytes.Length / size);
            bytes.CopyTo(MemoryMarshal.AsBytes(array.AsSpan()));
            return array;
        }
    }
}
