namespace EventDrivenActors;

/// <summary>The options of one event. Immutable; one instance may serve many events.</summary>
public sealed record EventOptions
{
    internal static EventOptions Default { get; } = new();

    /// <summary>How long its handlers may take before it settles as <see cref="PendingStatus.TimedOut"/>.</summary>
    /// <value>100 ns to 10 years, or infinite for no limit. Default <see langword="null"/>: the controller's
    /// <see cref="ControllerOptions.EventTimeout"/>.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is none of these.</exception>
    public TimeSpan? Timeout
    {
        get;
        init => field = TimeOption.Require(value, nameof(Timeout));
    }

    /// <summary>Which delivery of this event this is; read by handlers as <see cref="Session.Attempt"/>.</summary>
    /// <value>Default 1.</value>
    public int Attempt { get; init; } = 1;

    /// <summary>Receives the values that the event's handlers report with <see cref="Session.Report"/>.</summary>
    /// <value>Default <see langword="null"/>: no receiver.</value>
    /// <remarks>
    /// Called in the order of the reports, before the event settles and never afterwards: in process by the handler's
    /// own thread, for a child process by a thread of the pool. One that is called at the very instant of a time-out or
    /// an abort may still return after it. Its exceptions are logged. One that blocks delays the event, from a child by
    /// 5 s at most.
    /// </remarks>
    public IProgress<object?>? Progress { get; init; }

    /// <summary>These options with a typed progress; a report of another type is refused to the handler.</summary>
    /// <typeparam name="T">The type of what is reported.</typeparam>
    /// <param name="progress">Receives the reports, as <see cref="Progress"/> says.</param>
    /// <returns>The new options.</returns>
    public EventOptions WithProgress<T>(IProgress<T> progress)
    {
        ArgumentNullException.ThrowIfNull(progress);
        return this with { Progress = new TypedProgress<T>(progress) };
    }

    /// <summary>The objects that the dispatching adapter attaches to each event with these options.</summary>
    internal EventAttachment? Attachments { get; init; }

    private sealed record TypedProgress<T>(IProgress<T> Progress) : IProgress<object?>
    {
        public void Report(object? value)
        {
            if (value is not T && (value is not null || default(T) is not null))
            {
                throw new ValueRefusedException(
                    $"The value '{value}' of type '{value?.GetType()}' was reported, but its dispatcher listens for "
                        + $"'{typeof(T)}'; report that, or listen with EventOptions.Progress."
                );
            }

            Progress.Report((T)value!);
        }
    }
}
