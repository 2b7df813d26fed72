using System.Collections;
using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Reflection;
using Hyperion;

namespace EventDrivenActors.Subprocess.Wire;

/// <summary>The shapes of types, cached. It repeats Hyperion's own choice of serializer, and refuses where that choice would lose something.</summary>
internal sealed class TypeShapes(TypeFilter filter)
{
    private readonly ConcurrentDictionary<Type, TypeShape> _shapes = new();

    public TypeShape Of(Type type) => _shapes.GetOrAdd(type, Build);

    private TypeShape Build(Type type)
    {
        if (type == typeof(object) || HyperionFormat.IsPrimitive(type))
        {
            return new() { Type = type, Kind = ShapeKind.Primitive, IsLeaf = true };
        }

        if (type.IsArray)
        {
            return !type.IsSZArray
                ? Refused(type, "is an array of several dimensions, which cannot cross; send an array of arrays.")
                : HyperionFormat.IsPrimitive(type.GetElementType()!)
                    ? new() { Type = type, Kind = ShapeKind.PrimitiveArray, IsLeaf = true }
                    : new() { Type = type, Kind = ShapeKind.Sequence, Element = type.GetElementType(), HasLeafElements = IsLeafValue(type.GetElementType()!) };
        }

        if (ReplacedTypes.Contains(type))
        {
            return new() { Type = type, Kind = ShapeKind.Replaced, IsLeaf = type == typeof(Uri) };
        }

        return typeof(IEnumerable).IsAssignableFrom(type) && !WrittenByFields(type) ? Collection(type) : ByFields(type);
    }

    // Hyperion has no collection serializer for these and writes their private fields, which is complete.
    private static bool WrittenByFields(Type type) =>
        type.IsConstructedGenericType
        && (type.GetGenericTypeDefinition() == typeof(Stack<>) || type.GetGenericTypeDefinition() == typeof(System.Collections.ObjectModel.ReadOnlyCollection<>));

    private TypeShape Collection(Type type)
    {
        if (!FrameworkTypes.IsKnown(type))
        {
            return Refused(type, $"is a '{type}', a collection type of which only the elements would cross; send a List, an array or a Dictionary.");
        }

        if (type.GetGenericTypeDefinition() == typeof(Dictionary<,>))
        {
            return new() { Type = type, Kind = ShapeKind.Entries, Element = typeof(DictionaryEntry), Inspect = ComparerCheck.For(type) };
        }

        var element = type.GetInterfaces().First(i => i.IsConstructedGenericType && i.GetGenericTypeDefinition() == typeof(IEnumerable<>)).GetGenericArguments()[0];
        return new()
        {
            Type = type,
            Kind = ShapeKind.Sequence,
            Element = element,
            HasLeafElements = HyperionFormat.IsPrimitive(element) || IsLeafValue(element),
            Inspect = type.GetGenericTypeDefinition() == typeof(ImmutableArray<>) ? RefuseDefaultArray(type) : ComparerCheck.For(type),
        };
    }

    private TypeShape ByFields(Type type)
    {
        var fields = FieldsOf(type);
        if (Array.Find(fields, field => field.FieldType == typeof(nint) || field.FieldType == typeof(nuint) || field.FieldType.IsPointer) is { } native)
        {
            return Refused(type, $"is a '{type}', whose field '{CompilerNames.UserName(native)}' is a native pointer, which means nothing in another process; send data instead.");
        }

        // Hyperion leaves these two kinds out.
        var written = fields.Where(field => !field.IsDefined(typeof(IgnoreAttribute)) && field.Name != "_syncRoot");
        FieldShape[] shapes = [.. written.OrderBy(field => field.Name, StringComparer.Ordinal).Select(field => new FieldShape(field))];
        return new()
        {
            Type = type,
            Kind = ShapeKind.Fields,
            Fields = shapes,
            IsLeaf = Array.TrueForAll(shapes, field => field.BareSize is not null || IsLeafValue(field.Field.FieldType)),
        };
    }

    // Only value types: they cannot contain themselves, so this ends, and no other type can stand in their place.
    private bool IsLeafValue(Type type) =>
        type.IsValueType && filter.IsAllowed(type) && (type.IsEnum || (Nullable.GetUnderlyingType(type) is null && Of(type).IsLeaf));

    // As Hyperion does it: inherited fields that are visible below appear again, and are written again.
    private static FieldInfo[] FieldsOf(Type type)
    {
        var fields = new List<FieldInfo>();
        for (var level = type; level is not null; level = level.BaseType)
        {
            fields.AddRange(level.GetFields(BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public));
        }

        return [.. fields];
    }

    private static Func<object, string?> RefuseDefaultArray(Type type)
    {
        var isDefault = CompiledGetter.For(type.GetProperty("IsDefault")!);
        return array => isDefault(array) is true ? "is a default ImmutableArray, which has no elements and no length; use ImmutableArray.Empty." : null;
    }

    private static TypeShape Refused(Type type, string why) => new() { Type = type, Kind = ShapeKind.Refused, Refusal = why };
}
