namespace EventDrivenActors;

/// <content>The ambient session, and whom the calling code belongs to.</content>
internal sealed partial class SessionFrame
{
    private static readonly AsyncLocal<SessionFrame?> Ambient = new();
    private static readonly TimeSpan SuspensionNoted = TimeSpan.FromSeconds(1);
    private ExecutionContext? _ambientContext;
    private int _synchronousThread;

    /// <summary>The thread that runs the handler's synchronous part, 0 once the handler has suspended.</summary>
    public int SynchronousThread
    {
        get => Volatile.Read(ref _synchronousThread);
        set => Volatile.Write(ref _synchronousThread, value);
    }

    public static Session Current => Ambient.Value is { } frame && frame.Version is var version && (version & 1) != 0 ? new Session(frame, version) : default;

    /// <summary>The frame of the handler that the calling code belongs to, for the self-await check.</summary>
    /// <remarks>
    /// While a handler has not suspended, only its own thread belongs to it. Another thread may run work that nobody awaits, or the
    /// handler's own continuation a moment before the loop has noted that it suspended: that moment is waited for.
    /// </remarks>
    public static SessionFrame? Awaiting
    {
        get
        {
            if (Ambient.Value is not { IsActive: true } frame)
            {
                return null;
            }

            int version = frame.Version;
            if (!frame.RunsHere)
            {
                SpinWait.SpinUntil(() => frame.RunsHere || frame.Version != version, SuspensionNoted);
            }

            return frame.RunsHere && frame.IsActive && frame.Version == version ? frame : null;
        }
    }

    private bool RunsHere => SynchronousThread is var thread && (thread == 0 || thread == Environment.CurrentManagedThreadId);

    /// <summary>Makes this frame what <see cref="Current"/> reads on this thread, for the rest of the drain.</summary>
    public void EnterAmbient()
    {
        SynchronousThread = Environment.CurrentManagedThreadId;
        if (ReferenceEquals(Ambient.Value, this))
        {
            return;
        }

        // Setting the async-local makes a new context; the one made first serves all later drains.
        if (_ambientContext is null)
        {
            Ambient.Value = this;
            _ambientContext = ExecutionContext.Capture();
        }
        else
        {
            ExecutionContext.Restore(_ambientContext);
        }
    }

    /// <summary>Ends what <see cref="EnterAmbient"/> began.</summary>
    public static void LeaveAmbient(ExecutionContext? outer)
    {
        if (outer is null)
        {
            Ambient.Value = null;
        }
        else
        {
            ExecutionContext.Restore(outer);
        }
    }
}
