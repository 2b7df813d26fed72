namespace EventDrivenActors;

/// <content>The ambient session, and which event the calling code belongs to.</content>
internal sealed partial class SessionFrame
{
    private int _synchronousThread;

    /// <summary>The thread that runs the handler's synchronous part, 0 once the handler has suspended.</summary>
    public int SynchronousThread
    {
        get => Volatile.Read(ref _synchronousThread);
        set => Volatile.Write(ref _synchronousThread, value);
    }

    /// <summary>The synchronization context of the turn that handles the event: its continuations run there.</summary>
    public SynchronizationContext? Synchronization { get; set; }

    public static Session Current =>
        EventFlow.Current(out int version) is { } frame ? new Session(frame, version) : default;

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
}
