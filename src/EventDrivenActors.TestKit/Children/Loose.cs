namespace EventDrivenActors.TestKit.Children;

/// <summary>
/// Runs code outside the synchronization context of the loops: the work that a real child does on threads of its link.
/// </summary>
internal static class Loose
{
    public static void Run(Action action) =>
        Run(() =>
        {
            action();
            return true;
        });

    public static T Run<T>(Func<T> function)
    {
        SynchronizationContext? outer = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            return function();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(outer);
        }
    }
}
