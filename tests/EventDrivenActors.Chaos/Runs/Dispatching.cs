using EventDrivenActors.Chaos.Checking;
using EventDrivenActors.Chaos.Handlers;
using EventDrivenActors.Chaos.Recording;

namespace EventDrivenActors.Chaos.Runs;

/// <summary>Dispatches the events of <see cref="ChaosHandlers"/>, and notes that they were taken.</summary>
internal static class Dispatching
{
    public static Task<Settlement> Work(
        this Recorder recorder,
        IController controller,
        int milliseconds = 0,
        bool ordered = false
    ) =>
        recorder.Send(
            controller,
            "work",
            Deed.Work,
            [milliseconds],
            one => one with { Place = ordered ? one.Id : null }
        );

    public static Task<Settlement> WorkAgain(
        this Recorder recorder,
        IController controller,
        int milliseconds = 0,
        bool ordered = false,
        int maxAttempts = 3
    ) =>
        recorder.Send(
            controller,
            "work-again",
            Deed.Work,
            [milliseconds],
            one => one with { Idempotent = true, MaxAttempts = maxAttempts, Place = ordered ? one.Id : null }
        );

    /// <summary>Dispatches an event whose arguments are its number and <paramref name="more"/>.</summary>
    public static Task<Settlement> Send(
        this Recorder recorder,
        IController controller,
        string key,
        Deed deed,
        object?[] more,
        Func<AcceptedEvent, AcceptedEvent>? with = null,
        EventOptions? options = null
    ) => recorder.Send(controller, key, deed, id => [id, .. more], with, options);

    /// <summary>Dispatches an event with arguments that are made of its number.</summary>
    public static Task<Settlement> Send(
        this Recorder recorder,
        IController controller,
        string key,
        Deed deed,
        Func<long, object?[]> arguments,
        Func<AcceptedEvent, AcceptedEvent>? with = null,
        EventOptions? options = null
    )
    {
        long id = recorder.NextId();
        Pending pending = controller.Dispatch(key, args: arguments(id), options: options);
        AcceptedEvent accepted = new(id, controller.Name, deed);
        return recorder.Accept(with?.Invoke(accepted) ?? accepted, pending);
    }
}
