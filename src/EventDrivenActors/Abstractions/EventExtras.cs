namespace EventDrivenActors;

/// <summary>The parts that most events lack: a context, arguments, options.</summary>
internal sealed class EventExtras(SessionContext? context, object?[] args, EventOptions options)
{
    // Any thread.
    private IDisposable? _registration;
    private object? _deferral;

    public SessionContext? Context { get; set; } = context;

    public object?[] Args { get; private set; } = args;

    public EventOptions Options => options;

    /// <summary>The attachments of adapters.</summary>
    public EventAttachment? Attachments { get; set; } = options.Attachments;

    /// <summary>Whether the event is one worker's part of an event, which counts as a whole.</summary>
    public bool IsPart { get; set; }

    public static EventExtras? Of(SessionContext? context, object?[]? args, EventOptions? options) =>
        context is null && options is null && args is not { Length: > 0 }
            ? null
            : new EventExtras(context, args ?? [], options ?? EventOptions.Default);

    /// <summary>The registration by which a token cancels the event.</summary>
    public IDisposable? Registration
    {
        get => Volatile.Read(ref _registration);
        set => Volatile.Write(ref _registration, value);
    }

    /// <summary>The object that settles the event while it is deferred.</summary>
    public object? Deferral
    {
        get => Volatile.Read(ref _deferral);
        set => Volatile.Write(ref _deferral, value);
    }

    public static EventExtras None() => new(null, [], EventOptions.Default);

    public void EndRegistration()
    {
        if (Registration is not null)
        {
            Interlocked.Exchange(ref _registration, null)?.Dispose();
        }
    }

    /// <summary>Passes on what a handler reports.</summary>
    /// <param name="value">The reported value.</param>
    /// <param name="mayRefuse">Whether a listener for another type may throw to the handler.</param>
    /// <param name="owner">Receives the exception of a listener that throws.</param>
    /// <param name="key">The event's key.</param>
    public void Report(object? value, bool mayRefuse, IEventOwner owner, object key)
    {
        if (Options.Progress is not { } progress)
        {
            return;
        }

        try
        {
            progress.Report(value);
        }
        catch (Exception exception) when (!mayRefuse || exception is not ValueRefusedException)
        {
            owner.LogBroken(
                new InvalidOperationException(
                    $"The progress of the event '{key}' failed: {exception.Message}",
                    exception
                )
            );
        }
    }

    /// <summary>Releases what only an open event needs.</summary>
    public void Forget()
    {
        Context = null;
        Args = [];
        Attachments = null;
        EndRegistration();
    }
}
