namespace EventDrivenActors.Subprocess.Wire;

/// <summary>The bytes of Hyperion 0.12's format that a scanner has to know.</summary>
internal static class HyperionFormat
{
    public const byte Null = 0;
    public const byte PlainObject = 1;
    public const byte String = 7;
    public const byte ByteArray = 9;
    public const byte PrimitiveArray = 252;
    public const byte Reference = 253;
    public const byte TypeIndex = 254;
    public const byte TypeName = 255;

    /// <summary>Instead of a size: the value is a string.</summary>
    public const int StringSize = 0;

    private static readonly Dictionary<Type, (byte Manifest, int Size)> Primitives = new()
    {
        [typeof(long)] = (2, 8),
        [typeof(short)] = (3, 2),
        [typeof(byte)] = (4, 1),
        [typeof(DateTime)] = (5, 9),
        [typeof(bool)] = (6, 1),
        [typeof(string)] = (String, StringSize),
        [typeof(int)] = (8, 4),
        [typeof(DateTimeOffset)] = (10, 16),
        [typeof(Guid)] = (11, 16),
        [typeof(float)] = (12, 4),
        [typeof(double)] = (13, 8),
        [typeof(decimal)] = (14, 16),
        [typeof(char)] = (15, 2),
        [typeof(ushort)] = (17, 2),
        [typeof(uint)] = (18, 4),
        [typeof(ulong)] = (19, 8),
        [typeof(sbyte)] = (20, 1),
    };

    private static readonly int?[] Sizes = SizesByManifest();

    public static bool IsPrimitive(Type type) => Primitives.ContainsKey(type);

    public static int SizeOf(Type primitive) => Primitives[primitive].Size;

    /// <summary>Size of the value behind a primitive's manifest, null when the manifest is none of a primitive.</summary>
    public static int? SizeOf(byte manifest) => Sizes[manifest];

    private static int?[] SizesByManifest()
    {
        var sizes = new int?[256];
        foreach (var (manifest, size) in Primitives.Values)
        {
            sizes[manifest] = size;
        }

        return sizes;
    }
}
