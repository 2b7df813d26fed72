namespace EventDrivenActors;

/// <content>The ambient session, and whom the calling code belongs to.</content>
internal sealed partial class SessionFrame
{
    private static readonly TimeSpan SuspensionNoted = TimeSpan.FromSeconds(1);
    private int _synchronousThread;

    /// <summary>The thread that runs the handler's synchronous part, 0 once the handler has suspended.</summary>
    public int SynchronousThread
    {
        get => Volatile.Read(ref _synchronousThread);
        set => Volatile.Write(ref _synchronousThread, value);
    }

    /// <summary>The synchronization context of the turn that handles the event: what goes on for the event goes on there.</summary>
    public SynchronizationContext? Synchronization { get; set; }

    public static Session Current => EventFlow.Current(out int version) is { } frame ? new Session(frame, version) : default;

    /// <summary>The frame of the handler that the calling code belongs to, for the self-await check.</summary>
    /// <remarks>
    /// While a handler has not suspended, only its own thread belongs to it. Another thread may run work that nobody awaits, or the
    /// handler's own continuation a moment before the loop has noted that it suspended: that moment is waited for.
    /// </remarks>
    public static SessionFrame? Awaiting
    {
        get
        {
            if (EventFlow.Current(out int version) is not { } frame)
            {
                return null;
            }

            if (!frame.RunsHere)
            {
                SpinWait.SpinUntil(() => frame.RunsHere || frame.Version != version, SuspensionNoted);
            }

            return frame.RunsHere && frame.IsActive && frame.Version == version ? frame : null;
        }
    }

    private bool RunsHere => SynchronousThread is var thread && (thread == 0 || thread == Environment.CurrentManagedThreadId);

    /// <summary>Before an await of the loop's own: a handler may have set another synchronization context, which need not let anything go on.</summary>
    public void StayInTurn()
    {
        if (!ReferenceEquals(SynchronizationContext.Current, Synchronization))
        {
            SynchronizationContext.SetSynchronizationContext(Synchronization);
        }
    }
}
