using System.Collections;
using System.Collections.ObjectModel;
using System.Globalization;
using System.Linq.Expressions;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;

namespace EventDrivenActors.Wire.Payloads;

/// <summary>
/// Why a type cannot cross and what to do instead: ends of sentences that begin with the way to a value. Each remedy
/// can be followed as it is written.
/// </summary>
internal static class Remedies
{
    private const string Elsewhere =
        "comes from an assembly that was generated at run time or loaded into a load context of its own, where the "
        + "other process does not find it; reference its assembly from the application, or send data of a type "
        + "that both processes have.";

    // By name where an application without the type need not load its assembly.
    private static readonly Dictionary<string, string> ByName = new(StringComparer.Ordinal)
    {
        ["System.Text.Json.JsonElement"] = "send its text, GetRawText(), and parse it in the handler.",
        ["System.Text.Json.JsonDocument"] = "send its text, RootElement.GetRawText(), and parse it in the handler.",
        ["System.Text.Json.Nodes.JsonNode"] = "send its text, ToJsonString(), and parse it in the handler.",
        ["System.Dynamic.ExpandoObject"] = "send a Dictionary<string, object> of its members.",
        ["System.Xml.Linq.XObject"] = "send its text, ToString(), and parse it in the handler.",
        ["System.Xml.XmlNode"] = "send its text, OuterXml, and parse it in the handler.",
    };

    private static readonly (Type Type, string Remedy)[] ByType =
    [
        (typeof(Delegate), "send data, and name the function in the handler."),
        (typeof(Expression), "send data, and write the expression in the handler."),
        (typeof(Type), "send its AssemblyQualifiedName."),
        (typeof(MemberInfo), "send its Name."),
        (typeof(Assembly), "send its FullName."),
        (typeof(Exception), "send its Message."),
        (typeof(Task), "await it and send its result."),
        (typeof(Stream), "send its bytes."),
        (typeof(FileSystemInfo), "send its FullName."),
        (typeof(CultureInfo), "send its Name."),
        (typeof(TimeZoneInfo), "send its Id."),
        (typeof(Encoding), "send its WebName."),
        (typeof(Regex), "send its pattern, ToString(), and its Options."),
        (typeof(WeakReference), "send its Target."),
        (typeof(Random), "send a seed and make one in the handler."),
        (typeof(CancellationToken), "use the CancellationToken of the handler's session."),
        (typeof(CancellationTokenSource), "use the CancellationToken of the handler's session."),
    ];

    private static readonly (Type Definition, string Remedy)[] ByDefinition =
    [
        (typeof(Lazy<>), "send its Value."),
        (typeof(WeakReference<>), "send its target."),
        (typeof(ValueTask<>), "await it and send its result."),
        (typeof(ILookup<,>), "send a Dictionary: ToDictionary(group => group.Key, group => group.ToList())."),
        (typeof(IGrouping<,>), "send its Key and its elements, ToList()."),
        (typeof(ReadOnlyObservableCollection<>), "call ToList() and send the list."),
        (typeof(IAsyncEnumerable<>), "read it to its end and send a list."),
    ];

    /// <summary>Why objects of a type are refused that the filter does not allow.</summary>
    public static string NotAllowed(Type type, TypeFilter? filter = null)
    {
        Type culprit = Culprit(type, filter);
        string subject = culprit == type ? $"is a {type}, which" : $"is a {type}, whose part {culprit}";
        if (filter?.IsEndless(culprit) == true)
        {
            return $"{subject} cannot cross to another process: its type expands without end, because a field leads "
                + "to the same generic type with larger arguments; send the data in a type that does not, such as a "
                + "list.";
        }

        if (
            ForbiddenTypes.Contains(culprit)
            || (
                FrameworkTypes.IsFramework(culprit)
                && !culprit.IsEnum
                && !culprit.IsInterface
                && !RawTypes.Contains(culprit)
            )
        )
        {
            return $"{subject} cannot cross to another process; {ForFramework(culprit)}";
        }

        if (TypeFilter.IsElsewhere(culprit))
        {
            return $"{subject} {Elsewhere}";
        }

        if (CompilerNames.IsUnspeakable(culprit))
        {
            return typeof(IEnumerable).IsAssignableFrom(culprit)
                ? "is a sequence that is computed while it is read, which cannot cross to another process; call "
                    + "ToList() and send the list."
                : "is an object of a type that the compiler made, which is not allowed to cross to another process; "
                    + "send a record or a tuple.";
        }

        return $"{subject} is not allowed to cross to another process; send data, or allow the type with "
            + $"AllowType<{TypeWords.Of(culprit)}>(){Derived(culprit)}.";
    }

    /// <summary>Why the comparer of a collection is refused.</summary>
    public static string ForComparer(Type comparer) =>
        FrameworkTypes.IsFramework(comparer) || CompilerNames.IsUnspeakable(comparer)
            ? $"has the comparer '{comparer}', which cannot cross to another process; use the default comparer, "
                + "StringComparer.Ordinal or OrdinalIgnoreCase, or a comparer class of your own that is allowed with "
                + "AllowType."
            : $"has the comparer '{comparer}', which is not allowed to cross to another process; allow it with "
                + $"AllowType<{TypeWords.Of(comparer)}>().";

    /// <summary>Why objects of a type that is allowed cannot be written by their fields; null when they can.</summary>
    public static string? Unfit(Type type, FieldInfo[] fields)
    {
        if (Array.Find(fields, field => RawTypes.HoldsPointers(field.FieldType)) is { } native)
        {
            return $"is a '{type}', whose field '{CompilerNames.UserName(native)}' is a native pointer, which means "
                + "nothing in another process; send data instead.";
        }

        if (type.StructLayoutAttribute is { Size: > 0 } && !type.IsEnum)
        {
            return $"is a '{type}', whose layout has a size of its own, so that it may hold more than its fields say; "
                + "send a type without that size.";
        }

        if (!typeof(IEnumerable).IsAssignableFrom(type))
        {
            return null;
        }

        for (
            Type? level = type;
            level is not null && level != typeof(object) && level != typeof(ValueType);
            level = level.BaseType
        )
        {
            if (
                FrameworkTypes.IsFramework(level)
                && typeof(IEnumerable).IsAssignableFrom(level)
                && !FrameworkTypes.IsWrittenByFields(level)
                && !FrameworkTypes.IsKnown(type)
            )
            {
                return level == type
                    ? $"is a '{type}', which cannot cross to another process; {ForFramework(type)}"
                    : $"is a '{type}', which derives from {TypeWords.Of(level)} and cannot cross to another process; "
                        + $"hold a {TypeWords.Of(level)} in a field instead, or send that alone.";
            }
        }

        return null;
    }

    private static Type Culprit(Type type, TypeFilter? filter)
    {
        if (ForbiddenTypes.Contains(type))
        {
            return type;
        }

        Type[] parts =
            type.HasElementType ? [type.GetElementType()!]
            : type.IsConstructedGenericType && FrameworkTypes.IsKnown(type) ? type.GetGenericArguments()
            : [];
        return
            Array.Find(parts, part => ForbiddenTypes.Contains(part) || filter?.MayBeNamed(part) == false) is { } culprit
            ? Culprit(culprit, filter)
            : type;
    }

    /// <summary>
    /// Whether there is something better to send than objects of this type of the framework, so that they never cross
    /// by their fields.
    /// </summary>
    public static bool IsBetterSentOtherwise(Type type) =>
        FrameworkTypes.IsFramework(type) && !type.IsInterface && Better(type) is not null;

    private static string ForFramework(Type type) =>
        Better(type)
        ?? (
            type == typeof(nint) || type == typeof(nuint) ? "send a long."
            : Array.Exists(
                type.GetInterfaces(),
                one => one.IsConstructedGenericType && one.GetGenericTypeDefinition() == typeof(IEnumerable<>)
            )
                ? "call ToList() and send the list."
            : typeof(IEnumerable).IsAssignableFrom(type)
                ? "send a List<object> of its elements, Cast<object>().ToList()."
            : "send data instead, such as a record with what the handler needs."
        );

    private static string? Better(Type type)
    {
        for (Type? level = type; level is not null; level = level.BaseType)
        {
            if (level.FullName is { } name && ByName.TryGetValue(name, out string? named))
            {
                return named;
            }
        }

        if (Array.Find(ByType, entry => entry.Type.IsAssignableFrom(type)).Remedy is { } remedy)
        {
            return remedy;
        }

        HashSet<Type> definitions = type.GetInterfaces()
            .Append(type)
            .Where(one => one.IsConstructedGenericType)
            .Select(one => one.GetGenericTypeDefinition())
            .ToHashSet();
        return Array.Find(ByDefinition, entry => definitions.Contains(entry.Definition)).Remedy;
    }

    private static string Derived(Type type)
    {
        Type? root = type.BaseType;
        while (root?.BaseType is { } next && next != typeof(object))
        {
            root = next;
        }

        return
            root is null
            || root == typeof(object)
            || root == typeof(ValueType)
            || root == typeof(Enum)
            || FrameworkTypes.IsFramework(root)
            || root.IsConstructedGenericType
            ? ""
            : $", or all that derive from {TypeWords.Of(root)} with AllowDerived<{TypeWords.Of(root)}>()";
    }
}
