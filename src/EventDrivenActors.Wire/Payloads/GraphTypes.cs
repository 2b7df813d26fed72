using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace EventDrivenActors.Wire.Payloads;

/// <summary>How each type is written, worked out once. Any thread.</summary>
internal sealed class GraphTypes(TypeFilter filter) : SlotTable
{
    private const BindingFlags Declared =
        BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    private readonly ConcurrentDictionary<Type, ObjectCodec> _codecs = new();
    private readonly ConcurrentDictionary<Type, Slot> _slots = new();
    private readonly ConcurrentDictionary<Type, string> _names = new();

    public override bool IsAllowed(Type type) => filter.IsAllowed(type);

    public override string NameOf(Type type) => _names.GetOrAdd(type, WireTypeName.Of);

    public override string WhyNot(Type type) => Remedies.NotAllowed(type, filter);

    public override ObjectCodec? ForWriting(Type type)
    {
        if (_codecs.TryGetValue(type, out ObjectCodec? known))
        {
            return known;
        }

        // No is not remembered: the list of the filter grows.
        return filter.IsAllowed(StandIns.WireTypeOf(type)) ? _codecs.GetOrAdd(type, Make) : null;
    }

    public override ObjectCodec ForReading(Type type) =>
        _codecs.TryGetValue(type, out ObjectCodec? known) ? known
        : filter.IsAllowed(type) ? _codecs.GetOrAdd(type, Make)
        : throw NotAllowed(WireTypeName.Of(type));

    public override ObjectCodec ForReading(string name) => ForReading(filter.Resolve(name) ?? throw NotAllowed(name));

    public override Slot<T> SlotOf<T>() => (Slot<T>)SlotOf(typeof(T));

    private static WireFormatException NotAllowed(string name) =>
        new($"The type '{name}' is not allowed to cross; allow it with AllowType on both ends.");

    private static object Generic(Type definition, Type[] arguments, params object?[] values) =>
        Activator.CreateInstance(
            definition.MakeGenericType(arguments),
            BindingFlags.Instance | BindingFlags.Public,
            null,
            values,
            null
        )!;

    private ObjectCodec Make(Type type)
    {
        if (type.IsArray)
        {
            Type element = type.GetElementType()!;
            object elements = Generic(typeof(ArrayObject<>), [element], SlotOf(element));
            return type.IsSZArray
                ? (ObjectCodec)elements
                : (ObjectCodec)Generic(typeof(MultiArrayObject<>), [element], type, elements);
        }

        if (type == typeof(string))
        {
            return new TextObject();
        }

        if (type.IsValueType)
        {
            return (ObjectCodec)Generic(typeof(BoxObject<>), [type], SlotOf(type));
        }

        if (CompilerNames.IsReadOnlyList(type))
        {
            return (ObjectCodec)Generic(
                typeof(ReadOnlyListObject<>),
                type.GetGenericArguments(),
                ForReading(StandIns.WireTypeOf(type))
            );
        }

        Type wire = StandIns.WireTypeOf(type);
        return wire != type
            ? ForReading(wire)
            : FrameworkObjects.TryMake(this, type) ?? CollectionForms.TryMake(this, type) ?? MakeFields(type);
    }

    private ObjectCodec MakeFields(Type type)
    {
        FieldInfo[] fields = FieldsOf(type);
        return Remedies.Unfit(type, fields) is { } why
            ? new RefusedObject(type, why)
            : (ObjectCodec)Generic(typeof(FieldsObject<>), [type], Plan(type, fields));
    }

    private Slot SlotOf(Type type) =>
        _slots.TryGetValue(type, out Slot? known) ? known : _slots.GetOrAdd(type, MakeSlot(type));

    private Slot MakeSlot(Type type)
    {
        if (type == typeof(string))
        {
            return new TextSlot();
        }

        if (!type.IsValueType)
        {
            return (Slot)Generic(typeof(ReferenceSlot<>), [type]);
        }

        if (RawTypes.Contains(type))
        {
            return (Slot)Generic(typeof(RawSlot<>), [type]);
        }

        if (Nullable.GetUnderlyingType(type) is { } underlying)
        {
            return (Slot)Generic(typeof(NullableSlot<>), [underlying], SlotOf(underlying));
        }

        if (
            type.IsConstructedGenericType
            && type.GetGenericTypeDefinition() is var definition
            && (definition == typeof(Memory<>) || definition == typeof(ReadOnlyMemory<>))
        )
        {
            Type element = type.GetGenericArguments()[0];
            return (Slot)Generic(
                definition == typeof(Memory<>) ? typeof(MemorySlot<>) : typeof(ReadOnlyMemorySlot<>),
                [element],
                Generic(typeof(ArrayObject<>), [element], SlotOf(element))
            );
        }

        FieldInfo[] fields = FieldsOf(type);
        if (Remedies.Unfit(type, fields) is { } why)
        {
            return (Slot)Generic(typeof(RefusedSlot<>), [type], why);
        }

        return type.GetCustomAttribute<InlineArrayAttribute>() is { } inline
            ? (Slot)Generic(
                typeof(InlineArraySlot<,>),
                [type, fields[0].FieldType],
                SlotOf(fields[0].FieldType),
                inline.Length
            )
            : (Slot)Generic(typeof(StructSlot<>), [type], filter, Plan(type, fields));
    }

    private object Plan(Type type, FieldInfo[] fields) =>
        Generic(typeof(FieldsPlan<>), [type], fields, fields.Select(field => SlotOf(field.FieldType)).ToArray());

    private static FieldInfo[] FieldsOf(Type type)
    {
        List<FieldInfo> fields = [];
        for (Type? level = type; level is not null; level = level.BaseType)
        {
            fields.AddRange(
                level
                    .GetFields(Declared)
                    .Where(field => !FrameworkTypes.IsCache(field))
                    .OrderBy(field => field.Name, StringComparer.Ordinal)
            );
        }

        return [.. fields];
    }
}
