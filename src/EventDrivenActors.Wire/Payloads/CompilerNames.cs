using System.Reflection;
using System.Runtime.CompilerServices;

namespace EventDrivenActors.Wire.Payloads;

/// <summary>Recognizes the C# compiler's names for lambdas, closures and backing fields.</summary>
internal static class CompilerNames
{
    private const BindingFlags InstanceFields = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    /// <summary>
    /// The class that holds a type's lambdas without captures: generated, no fields, one shared instance.
    /// </summary>
    public static bool IsLambdaHolder(Type type) =>
        type.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false)
        && type.Name.StartsWith("<>c", StringComparison.Ordinal)
        && type.GetFields(InstanceFields).Length == 0
        && SharedInstance(type) is not null;

    /// <summary>The shared instance of a lambda holder, in its static field <c>&lt;&gt;9</c>.</summary>
    public static object? SharedInstance(Type type) =>
        type.GetField("<>9", BindingFlags.Static | BindingFlags.Public) is { } field && field.FieldType == type
            ? field.GetValue(null)
            : null;

    /// <summary>A class that holds captured variables.</summary>
    public static bool IsClosure(Type type) =>
        type.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false)
        && type.Name.StartsWith("<>c", StringComparison.Ordinal);

    /// <summary>A type made for <c>[a, b]</c> where a read-only interface is asked for.</summary>
    public static bool IsReadOnlyList(Type type) =>
        type.IsConstructedGenericType
        && type.Name.StartsWith("<>z__ReadOnly", StringComparison.Ordinal)
        && type.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false)
        && type.GetGenericArguments().Length == 1;

    /// <summary>
    /// Whether the compiler made up the name of a type, or of one around it, so that no user can write it.
    /// </summary>
    public static bool IsUnspeakable(Type type) =>
        type.Name.Contains('<', StringComparison.Ordinal) || (type.DeclaringType is { } outer && IsUnspeakable(outer));

    public static bool IsCapturedThis(FieldInfo field) => field.Name.Contains("__this", StringComparison.Ordinal);

    public static bool IsOuterClosure(FieldInfo field) => field.Name.StartsWith("CS$<>", StringComparison.Ordinal);

    public static bool IsLambdaMethod(MethodInfo method) => method.Name.StartsWith('<');

    /// <summary>The name that the user wrote: of a property for its backing field, else the field's.</summary>
    public static string UserName(FieldInfo field)
    {
        int end = field.Name.IndexOf('>', StringComparison.Ordinal);
        return field.Name.StartsWith('<') && end > 1 ? field.Name[1..end] : field.Name;
    }

    public static FieldInfo[] FieldsOf(Type closure) => closure.GetFields(InstanceFields);
}
