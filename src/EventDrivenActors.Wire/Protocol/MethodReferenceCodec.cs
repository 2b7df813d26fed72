using System.Buffers;
using EventDrivenActors.Wire.Payloads;

namespace EventDrivenActors.Wire.Protocol;

/// <summary>A <see cref="MethodReference"/> as bytes.</summary>
internal static class MethodReferenceCodec
{
    public static void Write(IBufferWriter<byte> writer, MethodReference method)
    {
        writer.WriteText(method.Assembly);
        writer.WriteText(method.DeclaringType);
        writer.WriteText(method.Method);
        writer.WriteTexts(method.GenericArguments);
        writer.WriteTexts(method.ParameterTypes);
        writer.WriteTexts(method.Builds);
    }

    public static MethodReference Read(ref WireReader reader) =>
        new(
            reader.ReadText(),
            reader.ReadText(),
            reader.ReadText(),
            reader.ReadTexts(),
            reader.ReadTexts(),
            reader.ReadTexts()
        );
}
