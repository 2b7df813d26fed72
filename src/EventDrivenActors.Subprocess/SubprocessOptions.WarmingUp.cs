namespace EventDrivenActors;

public sealed partial class SubprocessOptions
{
    internal List<Delegate> WarmUps { get; } = [];

    /// <summary>
    /// How long the handlers of a child's first events may take, one event for each of its <see cref="Workers"/>, where
    /// the event's own time-out is shorter.
    /// </summary>
    /// <remarks>
    /// The first event of a child is slow, because code is compiled and data is loaded. <see cref="WarmUp(Action)"/>
    /// does that before any event. Where neither is set, the first event has the time that it asks for, and
    /// <see cref="KillOnTimeout"/> kills a child for it as for any other; but each child that is killed before anything
    /// has ended in it gives the next one its event's time-out more until the kill, doubled each time, so that at last
    /// one is warm. An event without a time-out has none here either.
    /// </remarks>
    /// <value>100 ns to 10 years, or infinite for no limit. Default <see langword="null"/>: the event's own
    /// time-out.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is none of these.</exception>
    public TimeSpan? FirstEventTimeout
    {
        get;
        set => field = TimeOption.Require(value, nameof(FirstEventTimeout));
    }

    /// <summary>
    /// Adds a function that a child runs before it takes its first event, for example to compile code and to load what
    /// handlers need.
    /// </summary>
    /// <param name="warmUp">A static method, or a lambda that captures nothing.</param>
    /// <returns>These options.</returns>
    /// <remarks>
    /// It runs once in each child, not in each worker, after the set-up and the preparation of all workers
    /// (<see cref="ControllerEvents.WorkerPrepare"/>), in the order of the calls, and on a thread of the pool. No event
    /// goes to a child before that has ended, and a warm spare has done it too. It is part of the set-up: when it
    /// throws, the set-up has failed; its time counts against <see cref="SetupTimeout"/>; and no time-out of an event
    /// applies to it.
    /// </remarks>
    public SubprocessOptions WarmUp(Action warmUp) => Add(warmUp);

    /// <inheritdoc cref="WarmUp(Action)"/>
    public SubprocessOptions WarmUp(Func<Task> warmUp) => Add(warmUp);

    /// <inheritdoc cref="WarmUp(Action)"/>
    /// <param name="warmUp">As above; its token fires when the child is asked to leave.</param>
    public SubprocessOptions WarmUp(Action<CancellationToken> warmUp) => Add(warmUp);

    /// <inheritdoc cref="WarmUp(Action{CancellationToken})"/>
    public SubprocessOptions WarmUp(Func<CancellationToken, Task> warmUp) => Add(warmUp);

    private SubprocessOptions Add(Delegate warmUp)
    {
        ArgumentNullException.ThrowIfNull(warmUp);
        WarmUps.Add(warmUp);
        return this;
    }
}
