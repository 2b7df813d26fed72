using System.Buffers;

namespace EventDrivenActors.Wire.Payloads;

/// <summary>
/// The user's values as bytes: plain values in a compact form of our own, everything else field by field, as the filter
/// allows. Any thread. Both directions throw <see cref="PayloadException"/> and nothing else; when writing throws,
/// nothing has been written.
/// </summary>
/// <remarks>
/// <para>
/// Lengths that a payload claims are compared with its bytes before anything is allocated. Open limits: a reader
/// allocates a small multiple of the payload (an empty object of 24 bytes takes 3 on the wire, a null reference 1
/// instead of 8), so bytes that lie cost tens of times their size at most, unless an allowed type is a large struct
/// held in a Nullable; and fields are set without running constructors, so a dishonest sender can break an allowed
/// type's own invariants.
/// </para>
/// <para>
/// Two references to one object arrive as such, except to an array of primitives or a box that is a whole argument or
/// result.
/// </para>
/// </remarks>
internal sealed class PayloadCodec(TypeFilter filter, int maxBytes = PayloadCodec.DefaultMaxBytes)
{
    /// <summary>16 MiB.</summary>
    public const int DefaultMaxBytes = 16 * 1024 * 1024;

    private readonly ValueCodec _values = new(filter);

    // Any thread: taken by an interlocked exchange.
    private PayloadBuffer? _spare;

    /// <summary>Appends one value to <paramref name="writer"/>.</summary>
    public void Write(IBufferWriter<byte> writer, object? value) => writer.Write(Encode(value));

    /// <summary>One value as bytes.</summary>
    public byte[] Encode(object? value) => Encode(value, static (values, buffer, value) => values.Write(buffer, value));

    /// <summary>
    /// Appends the length of an array of these values, and the array; nothing is written when it throws.
    /// </summary>
    public void WriteBytes(IBufferWriter<byte> writer, IReadOnlyList<object?> values) =>
        Put(
            values,
            static (codec, buffer, values) => codec.WriteAll(buffer, values),
            writer,
            static (written, writer) =>
            {
                writer.WriteBytes(written);
                return true;
            }
        );

    /// <summary>The bytes that <paramref name="write"/> writes.</summary>
    public byte[] Encode<T>(T value, Action<ValueCodec, PayloadBuffer, T> write) =>
        Put(value, write, 0, static (written, _) => Copy(written));

    private static byte[] Copy(ReadOnlySpan<byte> written)
    {
        byte[] bytes = GC.AllocateUninitializedArray<byte>(written.Length);
        written.CopyTo(bytes);
        return bytes;
    }

    /// <summary>Builds a payload in memory that is used again, and passes it on.</summary>
    private TResult Put<T, TTarget, TResult>(
        T value,
        Action<ValueCodec, PayloadBuffer, T> write,
        TTarget target,
        Func<ReadOnlySpan<byte>, TTarget, TResult> handOn
    )
    {
        PayloadBuffer buffer = Interlocked.Exchange(ref _spare, null) ?? new PayloadBuffer(maxBytes);
        try
        {
            write(_values, buffer, value);
            return handOn(buffer.Written, target);
        }
        catch (Exception cause) when (cause is not PayloadException)
        {
            throw new PayloadException(
                $"The value of type '{value?.GetType()}' could not be written: {cause.Message}",
                cause
            );
        }
        finally
        {
            buffer.Reset();
            _spare = buffer;
        }
    }

    /// <summary>Whether reading one value may run code of an allowed type.</summary>
    public static bool MayRunCode(ReadOnlyMemory<byte> bytes) =>
        PayloadGlance.HasObject(bytes, static (ref WireReader reader) => PayloadGlance.IsPlain(ref reader));

    /// <summary>Whether all of these are plain: writing them runs no user code.</summary>
    public static bool IsPlain(IReadOnlyList<object?> values)
    {
        for (int i = 0; i < values.Count; i++)
        {
            if (
                values[i] is { } value and not (int or string)
                && !PrimitiveTypes.Contains(value.GetType())
                && PrimitiveArrays.NumberOf(value.GetType()) is null
            )
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Reads exactly one value.</summary>
    public object? Read(ReadOnlyMemory<byte> bytes) =>
        Read(bytes, static (ValueCodec values, ref WireReader reader) => values.Read(ref reader));

    /// <summary>Reads what <paramref name="read"/> takes, which must be all of <paramref name="bytes"/>.</summary>
    public T Read<T>(ReadOnlyMemory<byte> bytes, PayloadPart<T> read)
    {
        if (bytes.Length > maxBytes)
        {
            throw new PayloadException(
                $"The payload has {bytes.Length} bytes, more than the {maxBytes} that a payload may have."
            );
        }

        try
        {
            WireReader reader = new WireReader(bytes);
            T? value = read(_values, ref reader);
            reader.RequireEnd();
            return value;
        }
        catch (Exception cause) when (cause is not PayloadException)
        {
            throw new PayloadException(
                $"The payload of {bytes.Length} bytes could not be read: {cause.Message}",
                cause
            );
        }
    }
}
