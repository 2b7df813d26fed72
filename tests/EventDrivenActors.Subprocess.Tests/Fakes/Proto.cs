using System.Text;

namespace EventDrivenActors.Subprocess.Tests.Fakes;

/// <summary>Akka's protocol data units, written by hand, so that each of them can be wrong.</summary>
internal static class Proto
{
    public const int AssociateCommand = 1;

    public static byte[] Field(int field, ReadOnlySpan<byte> bytes) =>
        [.. Varint((ulong)(field << 3) | 2), .. Varint((ulong)bytes.Length), .. bytes];

    public static byte[] Field(int field, string text) => Field(field, Encoding.UTF8.GetBytes(text));

    public static byte[] Number(int field, ulong value) => [.. Varint((ulong)(field << 3)), .. Varint(value)];

    public static byte[] Fixed(int field, ulong value) =>
        [.. Varint((ulong)(field << 3) | 1), .. BitConverter.GetBytes(value)];

    public static byte[] Instruction(int command) => Field(2, Number(1, (ulong)command));

    public static byte[] Associate(string system, string host = "link", int port = 1, string scheme = "unix") =>
        Field(
            2,
            [
                .. Number(1, AssociateCommand),
                .. Field(
                    2,
                    [
                        .. Field(
                            1,
                            [.. Field(1, system), .. Field(2, host), .. Number(3, (ulong)port), .. Field(4, scheme)]
                        ),
                        .. Fixed(2, 9),
                    ]
                ),
            ]
        );

    public static byte[] Message(
        string recipient,
        int serializer,
        ReadOnlySpan<byte> bytes,
        string? manifest = null,
        ulong sequence = ulong.MaxValue
    ) =>
        Field(
            1,
            Field(
                2,
                [
                    .. Field(1, Field(1, recipient)),
                    .. Field(
                        2,
                        [
                            .. Field(1, bytes),
                            .. Number(2, (ulong)(long)serializer),
                            .. manifest is null ? [] : Field(3, manifest),
                        ]
                    ),
                    .. Fixed(5, sequence),
                ]
            )
        );

    private static byte[] Varint(ulong value)
    {
        List<byte> bytes = new List<byte>();
        for (; value >= 0x80; value >>= 7)
        {
            bytes.Add((byte)(value | 0x80));
        }

        return [.. bytes, (byte)value];
    }
}
