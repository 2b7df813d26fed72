using System.Linq.Expressions;
using System.Reflection;

namespace EventDrivenActors.Subprocess.Wire;

/// <summary>One field as Hyperion writes it: bare when it is a primitive, else with a manifest.</summary>
internal sealed class FieldShape
{
    private readonly Lazy<Func<object, object?>> _getter;

    public FieldShape(FieldInfo field)
    {
        Field = field;
        BareSize = HyperionFormat.IsPrimitive(field.FieldType) ? HyperionFormat.SizeOf(field.FieldType) : null;
        _getter = new(() => Compile(field));
    }

    public FieldInfo Field { get; }

    public string Name => CompilerNames.UserName(Field);

    /// <summary>Bytes of a bare value, <see cref="HyperionFormat.StringSize"/> for a string, null when the value has a manifest.</summary>
    public int? BareSize { get; }

    public object? Get(object owner) => _getter.Value(owner);

    private static Func<object, object?> Compile(FieldInfo field)
    {
        var owner = Expression.Parameter(typeof(object));
        var read = Expression.Field(Expression.Convert(owner, field.DeclaringType!), field);
        return Expression.Lambda<Func<object, object?>>(Expression.Convert(read, typeof(object)), owner).Compile();
    }
}
