using System.Reflection;

namespace EventDrivenActors.Handlers;

/// <summary>
/// How a handler's parameters are filled when an event has fewer arguments: which have defaults, take the rest, or take
/// the event's value.
/// </summary>
internal sealed class HandlerSignature
{
    private readonly ParameterInfo?[] _optional;

    private HandlerSignature(string name, ParameterInfo[] parameters, Func<ParameterInfo, ParameterInfo?> optionalOf)
    {
        Name = name;
        _optional = [.. parameters.Where(IsArgument).Select(optionalOf)];
        TakesValue = _optional.Length > 0 && _optional.Skip(1).All(parameter => parameter is not null);
        int next = 0;
        Sources =
        [
            .. parameters.Select(parameter =>
                parameter.ParameterType == typeof(Session) ? ArgumentSource.Session
                : !IsArgument(parameter) ? ArgumentSource.Token
                : IsParams(_optional[next]) ? ArgumentSource.ParamsArray - next++
                : next++
            ),
        ];
    }

    public string Name { get; }

    /// <summary>
    /// Whether the first parameter takes the event's value when there are no arguments: no other one needs an argument.
    /// </summary>
    public bool TakesValue { get; }

    /// <summary>Whether the first parameter can do without a value.</summary>
    public bool HasDefault => _optional[0] is not null;

    /// <summary>Where each parameter comes from; see <see cref="ArgumentSource"/>.</summary>
    public int[] Sources { get; }

    /// <summary>
    /// Reads a handler's parameters. A lambda's defaults are in its delegate, and those of a method may be in the
    /// method alone.
    /// </summary>
    public static HandlerSignature Of(Delegate handler, string name, ParameterInfo[] parameters)
    {
        ParameterInfo[] own = handler.Method.GetParameters();
        int offset = own.Length - parameters.Length;
        return new HandlerSignature(
            name,
            parameters,
            parameter =>
                IsOptional(parameter) ? parameter
                : offset + parameter.Position is >= 0 and var at && IsOptional(own[at]) ? own[at]
                : null
        );
    }

    /// <summary>The default of a parameter that has no argument.</summary>
    public bool TryDefault<T>(int argument, out T value)
    {
        if (_optional[argument] is not { } parameter)
        {
            value = default!;
            return false;
        }

        // Reflection shows the default of a struct as null where it is no constant of the language, and that of an enum
        // as its number.
        value =
            parameter.HasDefaultValue && parameter.DefaultValue is { } given
                ? given is T typed
                    ? typed
                    : (T)Enum.ToObject(Nullable.GetUnderlyingType(typeof(T)) ?? typeof(T), given)
                : default!;
        return true;
    }

    private static bool IsArgument(ParameterInfo parameter) =>
        parameter.ParameterType != typeof(Session) && parameter.ParameterType != typeof(CancellationToken);

    private static bool IsOptional(ParameterInfo parameter) =>
        parameter.HasDefaultValue || parameter.IsOptional || IsParams(parameter);

    private static bool IsParams(ParameterInfo? parameter) =>
        parameter is { ParameterType.IsSZArray: true }
        && parameter.IsDefined(typeof(ParamArrayAttribute), inherit: false);
}
