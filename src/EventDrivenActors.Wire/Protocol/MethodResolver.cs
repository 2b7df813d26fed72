using System.Reflection;
using EventDrivenActors.Wire.Payloads;

namespace EventDrivenActors.Wire.Protocol;

/// <summary>
/// The receiving half of <see cref="MethodReference"/>: finds the method by its exact signature and accepts only what
/// <see cref="MethodReference.From"/> would have accepted. Uses reflection; call it once a method, when it is defined.
/// </summary>
internal static class MethodResolver
{
    private const BindingFlags Declared =
        BindingFlags.Static
        | BindingFlags.Instance
        | BindingFlags.Public
        | BindingFlags.NonPublic
        | BindingFlags.DeclaredOnly;

    /// <exception cref="MethodReferenceException">It is not here, or it needs an instance.</exception>
    public static MethodInfo Resolve(MethodReference reference)
    {
        if (WireTypeName.FindAssembly(reference.Assembly) is null)
        {
            throw Missing(reference, $"the assembly '{reference.Assembly}' cannot be loaded");
        }

        Builds.Require(reference);
        Type type =
            Find($"{reference.DeclaringType}, {reference.Assembly}")
            ?? throw Missing(reference, $"the assembly has no type '{reference.DeclaringType}'");
        if (type.ContainsGenericParameters)
        {
            throw Missing(reference, $"the type '{reference.DeclaringType}' is not closed");
        }

        Type[] arguments = Types(reference, reference.GenericArguments);
        Type[] parameters = Types(reference, reference.ParameterTypes);
        MethodInfo method =
            type.GetMethods(Declared)
                .Where(candidate => candidate.Name == reference.Method)
                .Select(candidate => Close(candidate, arguments))
                .FirstOrDefault(candidate =>
                    candidate is not null
                    && candidate.GetParameters().Select(parameter => parameter.ParameterType).SequenceEqual(parameters)
                )
            ?? throw Missing(reference, $"the type has no method '{reference.Method}' with these parameters");
        return method.IsStatic || CompilerNames.IsLambdaHolder(type)
            ? method
            : throw new MethodReferenceException(
                $"The method '{reference}' needs an instance of '{type}', so it cannot be called from another "
                    + "process; make it static."
            );
    }

    /// <summary>
    /// A delegate of the type given, with the lambda holder's shared instance as target where there is one.
    /// </summary>
    /// <exception cref="MethodReferenceException">The method does not fit the delegate type.</exception>
    public static Delegate CreateDelegate(MethodInfo method, Type delegateType)
    {
        try
        {
            return method.CreateDelegate(delegateType, Target(method));
        }
        catch (ArgumentException unfit)
        {
            throw new MethodReferenceException(
                $"The method '{method.Name}' of '{method.DeclaringType}' cannot be called as '{delegateType}'; pass a "
                    + "delegate of its own signature.",
                unfit
            );
        }
    }

    /// <summary>The target of a resolved method: null for a static method.</summary>
    public static object? Target(MethodInfo method) =>
        method.IsStatic ? null : CompilerNames.SharedInstance(method.DeclaringType!);

    private static MethodInfo? Close(MethodInfo candidate, Type[] arguments)
    {
        if (!candidate.IsGenericMethodDefinition)
        {
            return arguments.Length == 0 ? candidate : null;
        }

        if (candidate.GetGenericArguments().Length != arguments.Length)
        {
            return null;
        }

        try
        {
            return candidate.MakeGenericMethod(arguments);
        }
        catch (ArgumentException)
        {
            // An overload whose constraints exclude these arguments is not the one that was named.
            return null;
        }
    }

    private static Type[] Types(MethodReference reference, IReadOnlyList<string> names) =>
        [
            .. names.Select(name =>
                Find(name) ?? throw Missing(reference, $"the type '{name}' of its signature is not there")
            ),
        ];

    private static Type? Find(string name)
    {
        try
        {
            return WireTypeName.ResolveInApplication(name);
        }
        catch (Exception broken) when (broken is IOException or BadImageFormatException or TypeLoadException)
        {
            return null;
        }
    }

    private static MethodReferenceException Missing(MethodReference reference, string why) =>
        new(
            $"The method '{reference.Method}' of '{reference.DeclaringType}' in '{reference.Assembly}' was not found "
                + $"in this process: {why}. "
                + "The child runs another build of the assembly; build and deploy parent and child together."
        );
}
