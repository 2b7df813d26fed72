using System.Collections.Concurrent;
using System.Reflection;
using System.Reflection.Metadata;
using System.Runtime.Loader;

namespace EventDrivenActors.Wire.Payloads;

/// <summary>
/// The allow-list of types whose instances may cross. <see cref="Allow"/> adds a type and all that its fields are
/// declared to hold; a type that is neither added, nor a known framework type, nor a known collection of allowed types,
/// is refused on both ends. A new one allows the framework's plain types and collections of them. Any thread.
/// </summary>
/// <remarks>
/// Names from the other process are only looked up among types that are already here: no assembly is loaded by a name
/// in a payload.
/// </remarks>
internal sealed class TypeFilter
{
    private const int MostNames = 4096;

    // A generic type may come back so often with larger arguments before it counts as endless.
    private const int MostGrowth = 8;
    private const BindingFlags Fields =
        BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    private readonly ConcurrentDictionary<Type, bool> _roots = new();
    private int _count;
    private readonly ConcurrentDictionary<Type, bool> _allowed = new();
    private readonly ConcurrentDictionary<Type, bool> _endless = new();
    private readonly ConcurrentDictionary<string, Type> _parts = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Type> _resolved = new(StringComparer.Ordinal);

    /// <summary>
    /// Allows a type and, through its private and inherited fields, its generic arguments and its elements, what it
    /// holds. Interfaces, abstract classes and <see cref="object"/> allow nothing but themselves as the type argument
    /// of a collection. Framework types are allowed when given here, not when reached through a field.
    /// </summary>
    /// <returns>Whether instances of the type may now cross.</returns>
    public bool Allow(Type type)
    {
        Stack<TypeStep> pending = new Stack<TypeStep>();
        Add(new TypeStep(type, null), asked: true, pending);
        while (pending.TryPop(out TypeStep? next))
        {
            Add(next, asked: false, pending);
        }

        return IsAllowed(type);
    }

    /// <summary>How many types were added; it only grows.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Whether an instance of exactly this type may cross.</summary>
    public bool IsAllowed(Type type)
    {
        // Only yes is remembered: the list grows, so a no may become a yes.
        if (_allowed.ContainsKey(type))
        {
            return true;
        }

        if (type.IsInterface || (type.IsAbstract && !FrameworkTypes.IsKnown(type)) || !MayBeNamed(type))
        {
            return false;
        }

        _allowed.TryAdd(type, true);
        return true;
    }

    /// <summary>Whether the fields of a type hold the same generic type with ever larger arguments.</summary>
    public bool IsEndless(Type type) =>
        type.IsConstructedGenericType && _endless.ContainsKey(type.GetGenericTypeDefinition());

    /// <summary>Whether the other process would not find this type by its name, or find another one.</summary>
    public static bool IsElsewhere(Type type) =>
        type.Assembly.IsDynamic
        || (
            !FrameworkTypes.IsFramework(type)
            && AssemblyLoadContext.GetLoadContext(type.Assembly) != AssemblyLoadContext.Default
        );

    /// <summary>The allowed type of that name, or null.</summary>
    public Type? Resolve(string typeName)
    {
        if (_resolved.TryGetValue(typeName, out Type? known))
        {
            return known;
        }

        Type? type = WireTypeName.Resolve(typeName, LookUp);
        if (type is null || !IsAllowed(type))
        {
            return null;
        }

        // One type has many spellings, and the other process must not fill the memory with them.
        if (_resolved.Count < MostNames)
        {
            _resolved.TryAdd(typeName, type);
        }

        return type;
    }

    /// <summary>
    /// Whether a type may be part of the name of one that crosses, such as the argument of a collection.
    /// </summary>
    public bool MayBeNamed(Type type)
    {
        if (ForbiddenTypes.Contains(type))
        {
            return false;
        }

        if (type.IsArray)
        {
            return MayBeNamed(type.GetElementType()!);
        }

        return FrameworkTypes.IsPlain(type)
            || (_roots.ContainsKey(type) && !IsEndless(type))
            || (
                type.IsConstructedGenericType
                && FrameworkTypes.IsKnownDefinition(type.GetGenericTypeDefinition())
                && Array.TrueForAll(type.GetGenericArguments(), MayBeNamed)
            );
    }

    private void Add(TypeStep step, bool asked, Stack<TypeStep> pending)
    {
        Type type = step.Type;
        if (type.HasElementType)
        {
            pending.Push(step with { Type = type.GetElementType()! });
            return;
        }

        if (
            ForbiddenTypes.Contains(type)
            || IsEndless(type)
            || IsElsewhere(type)
            || Remedies.IsBetterSentOtherwise(type)
        )
        {
            return;
        }

        foreach (Type argument in type.GetGenericArguments())
        {
            pending.Push(step with { Type = argument });
        }

        bool harmless = type.IsEnum || type.IsInterface || RawTypes.Contains(type);
        if (
            FrameworkTypes.IsKnown(type)
            || (!asked && !harmless && FrameworkTypes.IsFramework(type))
            || !_roots.TryAdd(type, true)
        )
        {
            return;
        }

        Interlocked.Increment(ref _count);

        if (step.Growth > MostGrowth)
        {
            _endless.TryAdd(type.GetGenericTypeDefinition(), true);
            return;
        }

        AddParts(type);
        foreach (Type subtype in KnownSubtypes.Of(type))
        {
            pending.Push(new TypeStep(subtype, step));
        }

        foreach (Type field in FieldTypes(type))
        {
            pending.Push(new TypeStep(field, step));
        }
    }

    private static IEnumerable<Type> FieldTypes(Type type)
    {
        for (
            Type? level = type;
            level is not null && level != typeof(object) && level != typeof(ValueType);
            level = level.BaseType
        )
        {
            foreach (FieldInfo field in level.GetFields(Fields))
            {
                yield return field.FieldType;
            }
        }
    }

    private void AddParts(Type type)
    {
        Type part = type.IsConstructedGenericType ? type.GetGenericTypeDefinition() : type;
        _parts[FrameworkTypes.Key(part)] = part;
    }

    private Type? LookUp(TypeName part)
    {
        string key = FrameworkTypes.Key(part.FullName, part.AssemblyName?.Name);
        return _parts.GetValueOrDefault(key) ?? FrameworkTypes.Find(key);
    }
}
