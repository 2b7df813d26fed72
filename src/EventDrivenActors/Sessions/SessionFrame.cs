using EventDrivenActors.Waits;

namespace EventDrivenActors.Sessions;

/// <summary>The reused storage behind <see cref="Session"/>.</summary>
/// <remarks>
/// An event whose handler suspends keeps its frame for good (the loop takes a new one), so its continuations can never
/// see a later event.
/// </remarks>
internal sealed class SessionFrame : HandledEvent
{
    private static readonly object NoKey = new();

    // Flags for what is unusual about an event.
    private const int SkipMark = 1;
    private const int LeftOutMark = 2;
    private const int AfterFailureMark = 4;
    private const int DeferredMark = 8;
    private const int CancelledMark = 16;
    private const int TimedOutMark = 32;
    private const int CountedMark = 64;
    private const int PartMark = 128;
    private const int InternalMark = 256;

    // The thread that runs the event: the draining thread, or the one on which a handler goes on.
    private object? _firstResult;
    private List<object?>? _results;
    private int _resultCount;

    // Under the monitor of Host.
    private EventToken _token = new();

    // Written by the thread that ends a run, read by any thread.
    private IDictionary<string, object?>? _itemsOfEndedRun;

    // Any thread while the event runs, by interlocked operations; between events the draining thread.
    private int _marks;

    public SessionFrame(ISessionHost host)
    {
        Host = host;
        WorkerIndex = host.WorkerIndex;
    }

    /// <summary>Takes the place of one whose handler has suspended.</summary>
    public SessionFrame(SessionFrame previous)
    {
        Host = previous.Host;
        WorkerIndex = previous.WorkerIndex;
    }

    /// <summary>Its monitor is the lock of the frames' tokens; nothing else takes it.</summary>
    public ISessionHost Host { get; }

    public int WorkerIndex { get; }

    public override TimeProvider TimeProvider => Host.TimeProvider;

    /// <summary>The synchronization context of the turn that handles the event: its continuations run there.</summary>
    public SynchronizationContext? Synchronization { get; set; }

    public Pending? Pending { get; set; }

    public object Key { get; private set; } = NoKey;
    public object? Value { get; private set; }
    public object?[] Args { get; private set; } = [];
    public SessionContext? EventContext { get; private set; }

    /// <summary>Whether all handlers ran, and neither they, a hook nor a filter asked for anything.</summary>
    public bool IsOrdinary => _marks == 0 && _resultCount > 0;

    public bool SkipRequested
    {
        get => (_marks & SkipMark) != 0;
        set => Mark(SkipMark, value);
    }

    /// <summary>Set by the pipeline when a before hook or a filter left the event out.</summary>
    public bool LeftOut
    {
        get => (_marks & LeftOutMark) != 0;
        set => Mark(LeftOutMark, value);
    }

    /// <summary>The exception of an after hook; the results stand.</summary>
    public Exception? AfterFailure
    {
        get;
        set
        {
            field = value;
            Mark(AfterFailureMark, value is not null);
        }
    }

    /// <summary>Set when an inbound filter took over the settlement.</summary>
    public DeferredEvent? Deferred
    {
        get;
        set
        {
            field = value;
            Mark(DeferredMark, value is not null);
        }
    }

    public SessionContext Context => EventContext is null ? Host.FullContext : Host.FullContext.Merge(EventContext);

    public string? WhyMissing(string name) =>
        EventContext?.WhyMissing(name) ?? Host.RunContext.WhyMissing(name) ?? Host.GlobalContext.WhyMissing(name);

    public int ResultCount => _resultCount;

    public IReadOnlyList<object?> Results =>
        _resultCount switch
        {
            0 => [],
            1 => [_firstResult],
            _ => [.. _results!],
        };

    public bool IsCancelled => _token.IsCancelled(Version);

    /// <summary>Whether the handlers have been told that they took too long.</summary>
    public bool IsTimedOut => IsCancelled && (_marks & TimedOutMark) != 0;

    /// <summary>
    /// Whether the event counts elsewhere: it was given up before its handlers ended, or it is a part of one.
    /// </summary>
    public bool IsCounted => (IsCancelled && (_marks & CountedMark) != 0) || (_marks & PartMark) != 0;

    /// <summary>The items of the run that the event belongs to, also after another has begun.</summary>
    public IDictionary<string, object?> Items => Volatile.Read(ref _itemsOfEndedRun) ?? Host.Items;

    /// <summary>Gets the token of one event, if it is still the one in this frame.</summary>
    public bool TryGetToken(int version, out CancellationToken token)
    {
        lock (Host)
        {
            token = Version == version ? _token.Get(version) : default;
            return Version == version;
        }
    }

    /// <summary>Begins an event.</summary>
    /// <returns>Its version.</returns>
    public int Begin(Pending? pending, object key, object? value)
    {
        if (!ReferenceEquals(Key, key))
        {
            // Storing a reference costs more than comparing it.
            Key = key;
        }

        Value = value;
        if (pending is not null)
        {
            Pending = pending;
            if (pending.HasExtras)
            {
                Args = pending.Args;
                EventContext = pending.Context;
                if (pending.IsPart)
                {
                    _marks = PartMark;
                }
            }
        }

        // After the end of the last event's flow: see EventFlow.Current.
        return BeginVersion();
    }

    /// <summary>The event is one of those that the loop raises itself.</summary>
    public void MarkInternal() => Mark(InternalMark, true);

    public void AddResult(object? result)
    {
        if (_resultCount++ == 0)
        {
            if (result is not null)
            {
                _firstResult = result;
            }

            return;
        }

        _results ??= [_firstResult];
        _results.Add(result);
    }

    /// <summary>The return value of the event's only handler, which has suspended.</summary>
    public Returned Awaited { private get; set; }

    /// <summary>Adds the result of the only handler, which has ended; or what it failed with is thrown.</summary>
    public void CollectAwaited()
    {
        Returned awaited = Awaited;
        if (!awaited.HasEnded)
        {
            Awaited = default;
            AddResult(awaited.ResultOfTask());
        }
    }

    /// <summary>The single result or the array of results, as a pending stores it.</summary>
    public object? StoredResults => _resultCount <= 1 ? _firstResult : _results!.ToArray();

    /// <summary>Fires the token of one event, if it is still the one in this frame.</summary>
    /// <param name="version">The event's version.</param>
    /// <param name="timedOut">Whether its handlers took too long.</param>
    /// <param name="counted">Whether it has been counted as ended.</param>
    public bool Cancel(int version, bool timedOut = false, bool counted = false)
    {
        CancellationTokenSource? source;
        lock (Host)
        {
            if (!IsActive || Version != version)
            {
                return false;
            }

            source = _token.Cancel(version);
            Mark(CancelledMark | (timedOut ? TimedOutMark : 0) | (counted ? CountedMark : 0), true);
        }

        // Registered callbacks are user code: they never run on the caller's thread.
        _ = source?.CancelAsync();
        return true;
    }

    /// <summary>The run of the event ends, and the event does not.</summary>
    public void LeaveBehind() => Volatile.Write(ref _itemsOfEndedRun, Host.Items);

    /// <summary>
    /// Ends the session. The pending stays until it has settled, so that an end of the run that comes meanwhile finds
    /// it.
    /// </summary>
    public void End()
    {
        if (_token.IsInUse(Version))
        {
            lock (Host)
            {
                _token.Clear();
                EndVersion();
            }
        }
        else
        {
            EndVersion();
        }

        Value = null;
        _firstResult = null;
        _results = null;
        _resultCount = 0;
        if (_marks != 0)
        {
            AfterFailure = null;
            Deferred = null;
            _itemsOfEndedRun = null;
            _marks = 0;
        }

        if (Pending is { HasExtras: true })
        {
            EventContext = null;
            Args = [];
        }
    }

    /// <summary>
    /// Called before an await of the loop's own: a handler may have set another synchronization context, which may
    /// never run a continuation.
    /// </summary>
    public void StayInTurn()
    {
        if (!ReferenceEquals(SynchronizationContext.Current, Synchronization))
        {
            SynchronizationContext.SetSynchronizationContext(Synchronization);
        }
    }

    public override string ToString() => $"'{Key}' of '{(Host.Pool ?? Host.Self).Name}'";

    private void Mark(int mark, bool set)
    {
        // A handler may ask for one thing on one thread and for another on another.
        if (set)
        {
            Interlocked.Or(ref _marks, mark);
        }
        else if ((_marks & mark) != 0)
        {
            Interlocked.And(ref _marks, ~mark);
        }
    }
}
