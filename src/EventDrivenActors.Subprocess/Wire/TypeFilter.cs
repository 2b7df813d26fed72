using System.Collections.Concurrent;
using System.Reflection;
using System.Reflection.Metadata;
using Hyperion;

namespace EventDrivenActors.Subprocess.Wire;

/// <summary>
/// The allow-list of types whose instances may cross. <see cref="Allow"/> adds a type and all that its fields are declared to hold;
/// whatever is not added, nor a known framework type or a known collection of allowed types, is refused on both ends. A new one
/// allows the framework's plain types and collections of them. Any thread.
/// </summary>
/// <remarks>Names from the other process are only looked up among types that are already here: no assembly is loaded by a name in a payload.</remarks>
internal sealed class TypeFilter : ITypeFilter
{
    private const int MostNames = 4096;
    private const BindingFlags Fields = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    private readonly ConcurrentDictionary<Type, bool> _roots = new();
    private readonly ConcurrentDictionary<Type, bool> _allowed = new();
    private readonly ConcurrentDictionary<string, Type> _parts = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Type> _resolved = new(StringComparer.Ordinal);

    /// <summary>
    /// Allows a type and, through its private and inherited fields, its generic arguments and its elements, what it holds. Interfaces,
    /// abstract classes and <see cref="object"/> allow nothing but themselves as the type argument of a collection. Framework types
    /// are allowed when given here, not when reached through a field.
    /// </summary>
    /// <returns>Whether instances of the type may now cross.</returns>
    public bool Allow(Type type)
    {
        var pending = new Stack<Type>();
        Add(type, asked: true, pending);
        while (pending.TryPop(out var next))
        {
            Add(next, asked: false, pending);
        }

        return IsAllowed(type);
    }

    /// <summary>Whether an instance of exactly this type may cross.</summary>
    public bool IsAllowed(Type type)
    {
        // Only yes is remembered: the list grows, so a no may become a yes.
        if (_allowed.ContainsKey(type))
        {
            return true;
        }

        if (type.IsInterface || type.IsAbstract || !MayBeNamed(type))
        {
            return false;
        }

        _allowed.TryAdd(type, true);
        return true;
    }

    /// <summary>Hyperion's question, asked with a full name when writing and with its short one when reading.</summary>
    public bool IsAllowed(string typeName) => Resolve(typeName) is not null;

    /// <summary>The allowed type of that name, or null.</summary>
    public Type? Resolve(string typeName)
    {
        if (_resolved.TryGetValue(typeName, out var known))
        {
            return known;
        }

        // Hyperion writes ",%core%" for the version of the core library.
        var type = WireTypeName.Resolve(typeName.Replace(",%core%", "", StringComparison.Ordinal), LookUp);
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

    private bool MayBeNamed(Type type)
    {
        if (ForbiddenTypes.Contains(type))
        {
            return false;
        }

        if (type.IsArray)
        {
            return type.IsSZArray && MayBeNamed(type.GetElementType()!);
        }

        return FrameworkTypes.IsPlain(type)
            || _roots.ContainsKey(type)
            || (type.IsConstructedGenericType
                && FrameworkTypes.IsKnownDefinition(type.GetGenericTypeDefinition())
                && Array.TrueForAll(type.GetGenericArguments(), MayBeNamed));
    }

    private void Add(Type type, bool asked, Stack<Type> pending)
    {
        if (type.HasElementType)
        {
            pending.Push(type.GetElementType()!);
            return;
        }

        if (ForbiddenTypes.Contains(type))
        {
            return;
        }

        foreach (var argument in type.GetGenericArguments())
        {
            pending.Push(argument);
        }

        var harmless = type.IsEnum || type.IsInterface;
        if (FrameworkTypes.IsKnown(type) || (!asked && !harmless && FrameworkTypes.IsFramework(type)) || !_roots.TryAdd(type, true))
        {
            return;
        }

        AddParts(type);
        for (var level = type; level is not null && level != typeof(object) && level != typeof(ValueType); level = level.BaseType)
        {
            foreach (var field in level.GetFields(Fields))
            {
                pending.Push(field.FieldType);
            }
        }
    }

    private void AddParts(Type type)
    {
        var part = type.IsConstructedGenericType ? type.GetGenericTypeDefinition() : type;
        _parts[FrameworkTypes.Key(part)] = part;
    }

    private Type? LookUp(TypeName part)
    {
        var key = FrameworkTypes.Key(part.FullName, part.AssemblyName?.Name);
        return _parts.GetValueOrDefault(key) ?? FrameworkTypes.Find(key);
    }
}
