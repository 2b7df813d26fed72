namespace EventDrivenActors;

/// <summary>
/// A submitted function with its arguments: the value of a <see cref="ControllerEvents.Submit"/> event.
/// </summary>
public sealed class Submission
{
    private readonly object?[] _arguments;
    private readonly Func<Submission, Session, Returned> _invoke;
    private Func<Session, Returned>? _bound;

    /// <param name="function">The function.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="invoke">Calls both; one for all submissions of a signature.</param>
    internal Submission(Delegate function, object?[] arguments, Func<Submission, Session, Returned> invoke)
    {
        Function = function;
        _arguments = arguments;
        _invoke = invoke;
    }

    /// <summary>Packs a function of any signature; slower to create than the typed <c>Submit</c> overloads.</summary>
    /// <param name="function">The function. A <see cref="Session"/> or <see cref="CancellationToken"/> parameter is
    /// filled in.</param>
    /// <param name="arguments">Its other arguments, in order.</param>
    /// <exception cref="ArgumentException">The function has parameters that no event can fill.</exception>
    public Submission(Delegate function, params object?[] arguments)
        : this(function, Copied(arguments), InvokeBound) => _bound = HandlerBinder.Bind(function);

    /// <summary>The function.</summary>
    public Delegate Function { get; }

    /// <summary>Its arguments, without session and token.</summary>
    public IReadOnlyList<object?> Arguments => _arguments;

    internal object?[] ArgumentArray => _arguments;

    /// <summary>The same function with other arguments; cheaper than a new submission of it.</summary>
    /// <param name="arguments">The arguments, in order; an array is not copied, so it must not change any more.</param>
    /// <returns>The new submission.</returns>
    public Submission With(params object?[] arguments) =>
        new(Function, arguments, InvokeBound) { _bound = _bound ??= HandlerBinder.Bind(Function) };

    /// <summary>Runs the function; for a handler that intercepts submissions and lets this one through.</summary>
    /// <param name="session">The session of the event that carries this submission.</param>
    /// <returns>The function's result, <see langword="null"/> when it returns none.</returns>
    public ValueTask<object?> InvokeAsync(Session session) => Invoke(session).AsValueTask();

    internal Returned Invoke(Session session) => _invoke(this, session);

    internal TDelegate As<TDelegate>()
        where TDelegate : Delegate => (TDelegate)Function;

    internal T At<T>(int index) => (T)_arguments[index]!;

    private static object?[] Copied(object?[] arguments)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        return (object?[])arguments.Clone();
    }

    private static Returned InvokeBound(Submission submission, Session session) => submission._bound!(session);

    /// <inheritdoc/>
    public override string ToString() => HandlerBinder.NameOf(Function);
}
