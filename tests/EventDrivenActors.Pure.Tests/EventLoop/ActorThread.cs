namespace EventDrivenActors.Pure.Tests.EventLoop;

/// <summary>
/// Runs a turn as an actor's thread would: without the synchronization context of the test runner, which handlers would
/// otherwise come back to.
/// </summary>
internal static class ActorThread
{
    public static bool Run(Func<bool> turn)
    {
        SynchronizationContext? outer = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            return turn();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(outer);
        }
    }
}
