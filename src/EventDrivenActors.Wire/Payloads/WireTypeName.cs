using System.Collections.Immutable;
using System.Reflection;
using System.Reflection.Metadata;
using System.Runtime.Loader;
using System.Text;

namespace EventDrivenActors.Wire.Payloads;

/// <summary>
/// Names of types on the wire: full name and simple assembly name, without versions, closed generics and arrays
/// included. A name is parsed before anything is looked up, and the parts are looked up one by one by the caller's
/// function.
/// </summary>
internal static class WireTypeName
{
    private static readonly TypeNameParseOptions Bounds = new() { MaxNodes = 1024 };

    /// <summary>The name, followed by its assembly.</summary>
    public static string Of(Type type) => $"{Qualified(type)}, {type.Assembly.GetName().Name}";

    /// <summary>
    /// The name without the assembly of the type itself; the assemblies of generic arguments are in it.
    /// </summary>
    public static string Qualified(Type type)
    {
        if (type.IsArray)
        {
            string suffix =
                type.IsSZArray ? "[]"
                : type.GetArrayRank() == 1 ? "[*]"
                : $"[{new string(',', type.GetArrayRank() - 1)}]";
            return Qualified(type.GetElementType()!) + suffix;
        }

        if (type.IsByRef)
        {
            return Qualified(type.GetElementType()!) + "&";
        }

        if (!type.IsConstructedGenericType)
        {
            return type.FullName
                ?? throw new ArgumentException(
                    $"'{type}' is an open type parameter, which has no name on the wire; close it first.",
                    nameof(type)
                );
        }

        StringBuilder name = new StringBuilder(type.GetGenericTypeDefinition().FullName).Append('[');
        Type[] arguments = type.GetGenericArguments();
        for (int i = 0; i < arguments.Length; i++)
        {
            name.Append(i == 0 ? "[" : ",[").Append(Of(arguments[i])).Append(']');
        }

        return name.Append(']').ToString();
    }

    /// <summary>
    /// Parses <paramref name="name"/> and builds the type from what <paramref name="lookUp"/> returns for each plain
    /// part; null when one is not found or the parts do not fit.
    /// </summary>
    public static Type? Resolve(string name, Func<TypeName, Type?> lookUp)
    {
        if (!TypeName.TryParse(name, out TypeName? parsed, Bounds))
        {
            return null;
        }

        try
        {
            return Build(parsed, lookUp);
        }
        catch (Exception unfit)
            when (unfit is ArgumentException or TypeLoadException or NotSupportedException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>Resolves against the application's assemblies, loading them by simple name when needed.</summary>
    public static Type? ResolveInApplication(string name) =>
        Resolve(
            name,
            part =>
                part.AssemblyName is { } assembly
                    ? FindAssembly(assembly.Name)?.GetType(part.FullName, throwOnError: false)
                    : null
        );

    /// <summary>The application's assembly of that simple name, or null.</summary>
    public static Assembly? FindAssembly(string simpleName)
    {
        foreach (Assembly loaded in AssemblyLoadContext.Default.Assemblies)
        {
            if (string.Equals(loaded.GetName().Name, simpleName, StringComparison.OrdinalIgnoreCase))
            {
                return loaded;
            }
        }

        try
        {
            return AssemblyLoadContext.Default.LoadFromAssemblyName(new AssemblyName { Name = simpleName });
        }
        catch (Exception absent) when (absent is IOException or BadImageFormatException or ArgumentException)
        {
            return null;
        }
    }

    private static Type? Build(TypeName name, Func<TypeName, Type?> lookUp)
    {
        if (name.IsArray)
        {
            Type? element = Build(name.GetElementType(), lookUp);
            return name.IsSZArray ? element?.MakeArrayType() : element?.MakeArrayType(name.GetArrayRank());
        }

        if (name.IsByRef)
        {
            return Build(name.GetElementType(), lookUp)?.MakeByRefType();
        }

        if (!name.IsConstructedGenericType)
        {
            return name.IsSimple ? lookUp(name) : null;
        }

        Type? definition = lookUp(name.GetGenericTypeDefinition());
        ImmutableArray<TypeName> arguments = name.GetGenericArguments();
        Type[] types = new Type[arguments.Length];
        for (int i = 0; i < types.Length; i++)
        {
            if (Build(arguments[i], lookUp) is not { } argument)
            {
                return null;
            }

            types[i] = argument;
        }

        return definition is { IsGenericTypeDefinition: true } ? definition.MakeGenericType(types) : null;
    }
}
