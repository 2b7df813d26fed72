using System.Reflection;
using EventDrivenActors.Subprocess.Connecting;
using EventDrivenActors.Wire.Calls;
using EventDrivenActors.Wire.Payloads;
using EventDrivenActors.Wire.Protocol;
using TypeFilter = EventDrivenActors.Wire.Payloads.TypeFilter;

namespace EventDrivenActors.Subprocess.Child;

/// <summary>
/// The child's codecs, its mapping and its submitted methods: everything that comes by name. Making one runs no user
/// code.
/// </summary>
internal sealed class ChildTypes
{
    private static readonly Type[] Actions =
    [
        typeof(Action),
        typeof(Action<>),
        typeof(Action<,>),
        typeof(Action<,,>),
        typeof(Action<,,,>),
        typeof(Action<,,,,>),
        typeof(Action<,,,,,>),
    ];

    private static readonly Type[] Functions =
    [
        typeof(Func<>),
        typeof(Func<,>),
        typeof(Func<,,>),
        typeof(Func<,,,>),
        typeof(Func<,,,,>),
        typeof(Func<,,,,,>),
        typeof(Func<,,,,,,>),
    ];

    private readonly TypeFilter _filter = new();

    /// <exception cref="MethodReferenceException">A type or method of the parent is not in this process.</exception>
    public ChildTypes(ChildConfiguration configuration)
    {
        _filter.Allow(typeof(TimerTick));
        foreach (string name in configuration.AllowedTypes)
        {
            _filter.Allow(Find(name));
        }

        Codec = new PayloadCodec(_filter, configuration.MaxPayloadBytes);
        Events = new EventPayloadCodec(Codec);
        foreach (MappedMethod handler in configuration.Handlers)
        {
            Mapping.On(KeyOf(handler), Bind(handler.Method));
        }

        WarmUps = [.. configuration.WarmUps.Select(warmUp => (warmUp.ToString(), Bind(warmUp)))];
    }

    public PayloadCodec Codec { get; }

    public EventPayloadCodec Events { get; }

    public MappingBlueprint Mapping { get; } = new();

    /// <summary>The functions that run before the child is ready, by name.</summary>
    public IReadOnlyList<(string Name, Delegate Method)> WarmUps { get; }

    /// <summary>The context of the parent's run. Code of an allowed type may run.</summary>
    public SessionContext ReadContext(ChildConfiguration configuration) =>
        new ContextCodec(Codec).Decode(configuration.Context);

    /// <summary>The user's set-up; null when there is none.</summary>
    public static IChildSetup? MakeSetup(ChildConfiguration configuration) =>
        configuration.Setup is { } setup ? (IChildSetup)Activator.CreateInstance(Find(setup), nonPublic: true)! : null;

    /// <summary>Lets calls of a method run, or fail with the reason that this process does not have it.</summary>
    public void Define(WireMessage.DefineMethod define, CallDispatch dispatch)
    {
        try
        {
            dispatch.Define(define.Token, new Submission(Bind(define.Method)));
        }
        catch (MethodReferenceException missing)
        {
            dispatch.Refuse(define.Token, missing);
        }
    }

    /// <summary>A method of the parent as a delegate of this process.</summary>
    /// <exception cref="MethodReferenceException">This process does not have it.</exception>
    public Delegate Bind(MethodReference reference)
    {
        MethodInfo method = MethodResolver.Resolve(reference);
        Allow(SignatureTypes.Of(method));
        Type[] parameters = [.. method.GetParameters().Select(parameter => parameter.ParameterType)];
        if (parameters.Length >= Actions.Length)
        {
            throw new MethodReferenceException(
                $"The method '{reference}' has {parameters.Length} parameters and at most {Actions.Length - 1} are "
                    + "supported; take an array or a record instead."
            );
        }

        Type type =
            method.ReturnType == typeof(void)
                ? parameters.Length == 0
                    ? typeof(Action)
                    : Actions[parameters.Length].MakeGenericType(parameters)
                : Functions[parameters.Length].MakeGenericType([.. parameters, method.ReturnType]);
        return MethodResolver.CreateDelegate(method, type);
    }

    /// <summary>Lets instances of these types cross.</summary>
    public void Allow(IEnumerable<Type> types)
    {
        foreach (Type type in types)
        {
            _filter.Allow(type);
        }
    }

    /// <exception cref="MethodReferenceException">The type is not in this process.</exception>
    public static Type Find(string name) =>
        WireTypeName.ResolveInApplication(name)
        ?? throw new MethodReferenceException(
            $"The type '{name}' was not found in the child process: it runs another build; build and deploy parent "
                + "and child together."
        );

    private object KeyOf(MappedMethod handler) =>
        (MappingSlot)handler.Slot switch
        {
            MappingSlot.Before => ControllerEvents.Before,
            MappingSlot.After => ControllerEvents.After,
            MappingSlot.Otherwise => ControllerEvents.Otherwise,
            _ => Codec.Read(handler.Key)!,
        };
}
