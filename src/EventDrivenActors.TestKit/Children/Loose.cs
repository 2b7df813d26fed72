namespace EventDrivenActors.TestKit.Children;

/// <summary>
/// Runs what no loop runs in a real child, such as the threads of its link: without the context of the loops.
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
