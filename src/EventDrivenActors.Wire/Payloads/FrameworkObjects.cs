using System.Net;
using System.Text;

namespace EventDrivenActors.Wire.Payloads;

/// <summary>
/// Classes of the framework that have a form of their own: their fields would not mean the same in another process, or
/// there are too many.
/// </summary>
internal static class FrameworkObjects
{
    private const string CultureComparer =
        "compares texts by the rules of a culture, which cannot cross to another process; use StringComparer.Ordinal, "
        + "OrdinalIgnoreCase, InvariantCulture or InvariantCultureIgnoreCase.";

    public static ObjectCodec? TryMake(SlotTable types, Type type) =>
        type == typeof(object)
            ? new ReplacedObject<object, bool>(type, new RawSlot<bool>(), _ => false, _ => new object())
        : type == typeof(Lock) ? new ReplacedObject<Lock, bool>(type, new RawSlot<bool>(), _ => false, _ => new Lock())
        : type == typeof(DBNull) ? new SingleObject(type, "", DBNull.Value)
        : type == typeof(StringComparer)
            ? new SingleObject(
                type,
                CultureComparer,
                StringComparer.Ordinal,
                StringComparer.OrdinalIgnoreCase,
                StringComparer.InvariantCulture,
                StringComparer.InvariantCultureIgnoreCase
            )
        : type == typeof(Uri)
            ? new ReplacedObject<Uri, (string, bool)>(
                type,
                types.SlotOf<(string, bool)>(),
                uri => (uri.OriginalString, uri.IsAbsoluteUri),
                MakeUri,
                ChangedUri
            )
        : type == typeof(StringBuilder)
            ? new ReplacedObject<StringBuilder, (string, int, int)>(
                type,
                types.SlotOf<(string, int, int)>(),
                builder => (builder.ToString(), builder.Capacity, builder.MaxCapacity),
                MakeBuilder
            )
        : type == typeof(IPAddress)
            ? new ReplacedObject<IPAddress, (byte[], long)>(
                type,
                types.SlotOf<(byte[], long)>(),
                address => (address.GetAddressBytes(), ScopeOf(address)),
                form => form.Item1.Length == 4 ? new IPAddress(form.Item1) : new IPAddress(form.Item1, form.Item2)
            )
        : type.IsConstructedGenericType
        && type.GetGenericTypeDefinition() is var definition
        && (definition == typeof(EqualityComparer<>) || definition == typeof(Comparer<>))
            ? new SingleObject(type, "", type.GetProperty("Default")!.GetValue(null)!)
        : null;

    // On Unix the text "/a" alone would become an absolute file URI.
    private static Uri MakeUri((string Text, bool IsAbsolute) form) =>
        new(form.Text, form.IsAbsolute ? UriKind.Absolute : UriKind.Relative);

    private static string? ChangedUri(Uri uri, (string Text, bool IsAbsolute) form) =>
        Uri.TryCreate(form.Text, form.IsAbsolute ? UriKind.Absolute : UriKind.Relative, out Uri? again)
        && (!form.IsAbsolute || again.AbsoluteUri == uri.AbsoluteUri)
            ? null
            : "is a Uri that its text alone does not give again; send its text and the options that it was made with.";

    private static StringBuilder MakeBuilder((string Text, int Capacity, int MaxCapacity) form) =>
        new StringBuilder(Math.Min(form.Capacity, Math.Max(16, form.Text.Length * 2)), form.MaxCapacity).Append(
            form.Text
        );

    private static long ScopeOf(IPAddress address) =>
        address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6 ? address.ScopeId : 0;
}
