using EventDrivenActors.Advanced;
using EventDrivenActors.Wire.Payloads;
using EventDrivenActors.Wire.Protocol;

namespace EventDrivenActors.Wire.Calls;

/// <summary>Turns the caller's calls into events of the holder's pool. Messages come one at a time, in order.</summary>
/// <param name="pool">The workers.</param>
internal sealed class CallDispatch(ControllerPool pool)
{
    private static readonly EventOptions Plain = new();

    // The thread that takes the caller's messages.
    private readonly Dictionary<int, Submission> _methods = [];
    private readonly Dictionary<int, MethodReferenceException> _refused = [];

    /// <summary>Keeps the method that a token stands for.</summary>
    public void Define(int token, Submission method) => _methods[token] = method;

    /// <summary>Makes every call of a method that this process does not have fail with the reason.</summary>
    public void Refuse(int token, MethodReferenceException reason) => _refused[token] = reason;

    /// <summary>The method that a call runs; null for an event.</summary>
    /// <exception cref="MethodReferenceException">This process does not have it.</exception>
    public Submission? MethodOf(WireMessage.Call message) =>
        _refused.TryGetValue(message.Token, out MethodReferenceException? reason) ? throw reason
        : message.Token > 0 ? _methods[message.Token]
        : null;

    /// <summary>Dispatches a call to the pool. Any thread.</summary>
    public Pending Dispatch(WireMessage.Call message, RunningCall call, Submission? method, EventPayload payload)
    {
        SessionContext? context = null;
        EventOptions options = message is { Attempt: 1, TimeoutTicks: 0, WantsProgress: false }
            ? Plain
            : new()
            {
                Progress = call.Progress,
                Attempt = message.Attempt,
                Timeout = message.TimeoutTicks != 0 ? TimeSpan.FromTicks(message.TimeoutTicks) : null,
            };
        foreach ((string name, object? value) in payload.Context)
        {
            context = (context ?? SessionContext.Empty).With(name, value);
        }

        options = options.WithAttachment(call);
        return method is not null
            ? pool.Submit<object?>(method.With(payload.Args as object?[] ?? [.. payload.Args]), context, options)
            : pool.Dispatch(
                payload.Key ?? throw new WireFormatException("An event came without a key."),
                payload.Value,
                context,
                [.. payload.Args],
                options
            );
    }
}
