using System.Collections.Concurrent;
using System.Reflection;
using EventDrivenActors.Wire.Payloads;

namespace EventDrivenActors.Wire.Protocol;

/// <summary>A remote object's interface, checked by both ends before the first call. Any thread.</summary>
internal sealed class RemoteContract
{
    private const BindingFlags Declared =
        BindingFlags.Instance
        | BindingFlags.Static
        | BindingFlags.Public
        | BindingFlags.NonPublic
        | BindingFlags.DeclaredOnly;

    // Filled by the constructor, then only read.
    private readonly Dictionary<MethodReference, RemoteMember> _plain = [];
    private readonly List<MethodInfo> _generic = [];
    private readonly ConcurrentDictionary<MethodInfo, RemoteMember> _known = [];

    /// <exception cref="ArgumentException">The interface has a member that cannot be called from another process, or
    /// the type does not implement it.</exception>
    public RemoteContract(Type contract, Type implementation)
    {
        Interface = contract;
        Implementation = implementation;
        Builds.RequireHere(contract);
        Builds.RequireHere(implementation);
        RequireTypes();
        foreach (
            Type? level in contract
                .GetInterfaces()
                .Prepend(contract)
                .Where(level => level != typeof(IDisposable) && level != typeof(IAsyncDisposable))
        )
        {
            Add(level);
        }
    }

    public Type Interface { get; }

    public Type Implementation { get; }

    /// <summary>
    /// The types that have to cross: of members that are not generic, and of the constructors' parameters.
    /// </summary>
    public IEnumerable<Type> CrossingTypes =>
        _plain
            .Values.SelectMany(member => SignatureTypes.Of(member.Method))
            .Concat(
                Implementation
                    .GetConstructors()
                    .SelectMany(constructor => constructor.GetParameters())
                    .Select(parameter => parameter.ParameterType)
            );

    /// <summary>The member that a method of the interface, closed, is.</summary>
    /// <exception cref="ArgumentException">It is generic, and with these arguments it cannot cross.</exception>
    public RemoteMember MemberOf(MethodInfo method) =>
        _known.GetOrAdd(method, static method => new RemoteMember(method));

    /// <summary>The member that the other process names.</summary>
    /// <exception cref="MethodReferenceException">It is no member of this interface.</exception>
    /// <exception cref="ArgumentException">It is generic, and with these arguments it cannot cross.</exception>
    public RemoteMember Find(MethodReference reference)
    {
        Builds.Require(reference);
        if (_plain.TryGetValue(reference, out RemoteMember? member))
        {
            return member;
        }

        // Only the arguments of a method that is there are looked up by name.
        Type?[] arguments = _generic.Exists(method =>
            method.Name == reference.Method && method.GetGenericArguments().Length == reference.GenericArguments.Count
        )
            ? reference.GenericArguments.Select(WireTypeName.ResolveInApplication).ToArray()
            : [null];
        foreach (
            MethodInfo? method in _generic.Where(method =>
                !arguments.Contains(null)
                && method.Name == reference.Method
                && method.GetGenericArguments().Length == arguments.Length
            )
        )
        {
            if (Close(method, arguments!) is { } closed && MethodReference.Of(closed).Equals(reference))
            {
                return MemberOf(closed);
            }
        }

        throw new MethodReferenceException(
            $"The method '{reference}' is no member of the interface '{Interface}' that the object was made for, so "
                + "it is not called."
        );
    }

    private static MethodInfo? Close(MethodInfo method, Type[] arguments)
    {
        try
        {
            return method.MakeGenericMethod(arguments);
        }
        catch (ArgumentException)
        {
            // Constraints exclude these arguments.
            return null;
        }
    }

    private void RequireTypes()
    {
        if (!Interface.IsInterface || Interface.ContainsGenericParameters)
        {
            throw new ArgumentException(
                $"A remote object is called through an interface, and '{Interface}' is none; declare one with the "
                    + "members that the parent needs."
            );
        }

        if (
            !Interface.IsAssignableFrom(Implementation)
            || Implementation.IsAbstract
            || Implementation.IsInterface
            || Implementation.ContainsGenericParameters
        )
        {
            throw new ArgumentException(
                $"The type '{Implementation}' cannot be made as '{Interface}'; name a class that implements the "
                    + "interface and is not abstract."
            );
        }

        if (Implementation.GetConstructors().Length == 0)
        {
            throw new ArgumentException(
                $"The type '{Implementation}' has no public constructor, so the child cannot make it; give it one."
            );
        }
    }

    private void Add(Type level)
    {
        if (level.GetEvents(Declared).FirstOrDefault() is { } refused)
        {
            throw new ArgumentException(
                $"The interface '{level}' has the event '{refused.Name}', which cannot cross to another process; "
                    + "remove it, and raise an event in the parent with Session.Parent instead."
            );
        }

        foreach (MethodInfo method in level.GetMethods(Declared))
        {
            if (method.IsStatic && method.IsAbstract)
            {
                throw new ArgumentException(
                    $"The member '{level.Name}.{method.Name}' is static and abstract, which no object in another "
                        + "process can answer; move it to another interface."
                );
            }

            if (method.IsStatic || !method.IsVirtual || method.IsPrivate)
            {
                continue;
            }

            // An open generic method is checked too: errors that do not depend on its arguments are reported at once.
            RemoteMember member = new RemoteMember(method);
            if (method.IsGenericMethodDefinition)
            {
                _generic.Add(method);
            }
            else
            {
                _plain[MethodReference.Of(method)] = member;
                _known[method] = member;
            }
        }
    }
}
