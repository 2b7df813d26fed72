using System.Runtime.CompilerServices;

namespace EventDrivenActors;

/// <summary>
/// A submitted function with its arguments: the value of a <see cref="ControllerEvents.Submit"/> event.
/// </summary>
public sealed class Submission
{
    private readonly object?[] _arguments;

    /// <param name="function">The function.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="invoker">Calls both; one for all submissions of a signature.</param>
    internal Submission(Delegate function, object?[] arguments, Delegate invoker)
    {
        Function = function;
        _arguments = arguments;
        Invoker = invoker;
    }

    /// <summary>Packs a function of any signature; slower to create than the typed <c>Submit</c> overloads.</summary>
    /// <param name="function">The function. A <see cref="Session"/> or <see cref="CancellationToken"/> parameter is
    /// filled in.</param>
    /// <param name="arguments">Its other arguments, in order.</param>
    /// <exception cref="ArgumentException">The function has parameters that no event can fill.</exception>
    public Submission(Delegate function, params object?[] arguments)
        : this(function, Copied(arguments), new StrongBox<Delegate?>()) => HandlerRules.Require(function);

    private Submission(Delegate function, object?[] arguments, StrongBox<Delegate?> binding)
    {
        Function = function;
        _arguments = arguments;
        Binding = binding;
    }

    /// <summary>The function.</summary>
    public Delegate Function { get; }

    /// <summary>Its arguments, without session and token.</summary>
    public IReadOnlyList<object?> Arguments => _arguments;

    internal object?[] ArgumentArray => _arguments;

    /// <summary>The same function with other arguments; cheaper than a new submission of it.</summary>
    /// <param name="arguments">The arguments, in order; an array is not copied, so it must not change any more.</param>
    /// <returns>The new submission.</returns>
    public Submission With(params object?[] arguments) =>
        new(Function, arguments, Binding ??= new StrongBox<Delegate?>());

    /// <summary>Calls the function with these arguments, where its signature was known.</summary>
    internal Delegate? Invoker { get; }

    /// <summary>
    /// What a higher room made of the function, shared with the submissions that <see cref="With"/> makes.
    /// </summary>
    internal StrongBox<Delegate?>? Binding { get; private set; }

    internal TDelegate As<TDelegate>()
        where TDelegate : Delegate => (TDelegate)Function;

    internal T At<T>(int index) => (T)_arguments[index]!;

    private static object?[] Copied(object?[] arguments)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        return (object?[])arguments.Clone();
    }

    /// <inheritdoc/>
    public override string ToString() => HandlerRules.NameOf(Function);
}
