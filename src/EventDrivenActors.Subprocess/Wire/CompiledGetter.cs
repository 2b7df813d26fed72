using System.Linq.Expressions;
using System.Reflection;

namespace EventDrivenActors.Subprocess.Wire;

/// <summary>Reads a property of an object without reflection on each call.</summary>
internal static class CompiledGetter
{
    public static Func<object, object?> For(PropertyInfo property)
    {
        var owner = Expression.Parameter(typeof(object));
        var read = Expression.Property(Expression.Convert(owner, property.DeclaringType!), property);
        return Expression.Lambda<Func<object, object?>>(Expression.Convert(read, typeof(object)), owner).Compile();
    }
}
