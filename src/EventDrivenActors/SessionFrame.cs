namespace EventDrivenActors;

/// <summary>The reused storage behind <see cref="Session"/>, and the box that the ambient session sits in.</summary>
/// <remarks>
/// The async-local is set once a loop; the content changes with each event, which costs neither time nor memory. An event whose
/// handler suspends keeps its frame for good (the loop takes a new one), so its continuations can never see a later event.
/// </remarks>
internal sealed class SessionFrame(ISessionHost host)
{
    private static readonly AsyncLocal<SessionFrame?> Ambient = new();
    private readonly Lock _tokenGate = new();
    private object? _firstResult;
    private List<object?>? _results;
    private int _resultCount;
    private CancellationTokenSource? _cancellation;
    private bool _cancelled;

    public ISessionHost Host { get; } = host;

    public int Version { get; private set; }

    public bool IsActive { get; private set; }

    public Pending? Pending { get; set; }

    public object Key { get; private set; } = "";

    public object? Value { get; private set; }

    public object?[] Args { get; private set; } = [];

    public SessionContext? EventContext { get; private set; }

    public bool SkipRequested { get; set; }

    /// <summary>Set by the pipeline when a before hook or a filter left the event out.</summary>
    public bool LeftOut { get; set; }

    /// <summary>Set when an inbound filter took over the settlement.</summary>
    public DeferredEvent? Deferred { get; set; }

    /// <summary>The thread that runs the handler's synchronous part, 0 once the handler has suspended.</summary>
    public int SynchronousThread { get; set; }

    public static Session Current => Ambient.Value is { IsActive: true } frame ? new Session(frame, frame.Version) : default;

    /// <summary>The frame of the handler that the calling code belongs to, for the self-await check.</summary>
    /// <remarks>While a handler has not suspended, only its own thread counts: other threads may belong to detached work.</remarks>
    public static SessionFrame? Awaiting => Ambient.Value is { IsActive: true } frame
        && (frame.SynchronousThread == 0 || frame.SynchronousThread == Environment.CurrentManagedThreadId) ? frame : null;

    public SessionContext Context
    {
        get
        {
            SessionContext outer = Host.GlobalContext.Merge(Host.RunContext);
            return EventContext is null ? outer : outer.Merge(EventContext);
        }
    }

    public int ResultCount => _resultCount;

    public IReadOnlyList<object?> Results => _resultCount switch
    {
        0 => [],
        1 => [_firstResult],
        _ => [.. _results!],
    };

    public CancellationToken CancellationToken
    {
        get
        {
            lock (_tokenGate)
            {
                if (_cancelled)
                {
                    return new CancellationToken(canceled: true);
                }

                return (_cancellation ??= new CancellationTokenSource()).Token;
            }
        }
    }

    public void MakeAmbient()
    {
        if (!ReferenceEquals(Ambient.Value, this))
        {
            Ambient.Value = this;
        }
    }

    public Session Begin(Pending? pending, object key, object? value)
    {
        Pending = pending;
        Key = key;
        Value = value;
        if (pending is null)
        {
            Args = [];
            EventContext = null;
        }
        else
        {
            Args = pending.Args;
            EventContext = pending.Context;
        }

        SkipRequested = false;
        LeftOut = false;
        Deferred = null;
        SynchronousThread = Environment.CurrentManagedThreadId;
        IsActive = true;
        return new Session(this, Version);
    }

    public void AddResult(object? result)
    {
        if (_resultCount++ == 0)
        {
            _firstResult = result;
            return;
        }

        _results ??= [_firstResult];
        _results.Add(result);
    }

    /// <summary>The single result or the array of results, as a pending stores it.</summary>
    public object? TakeResults()
    {
        object? results = _resultCount == 1 ? _firstResult : _resultCount == 0 ? null : _results!.ToArray();
        return results;
    }

    public void Cancel()
    {
        CancellationTokenSource? source;
        lock (_tokenGate)
        {
            _cancelled = true;
            source = _cancellation;
        }

        // Registered callbacks are user code: they never run on the caller's thread.
        _ = source?.CancelAsync();
    }

    public void End()
    {
        IsActive = false;
        Version++;
        Pending = null;
        Value = null;
        Args = [];
        EventContext = null;
        Deferred = null;
        _firstResult = null;
        _results = null;
        _resultCount = 0;
        if (_cancelled || _cancellation is not null)
        {
            lock (_tokenGate)
            {
                _cancelled = false;
                _cancellation = null;
            }
        }
    }
}
