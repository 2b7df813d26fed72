namespace EventDrivenActors.DocsExamples.Children;

internal static class WarmStart
{
    public static async Task RunAsync(EventRuntime runtime)
    {
        // <snippet>
        Controller con = runtime.CreateController(o => o.AddSubprocess(child =>
        {
            child.WarmUp(LoadDictionary);                          // each child runs it before its first event
            child.FirstEventTimeout = TimeSpan.FromSeconds(30);    // for the first event of each worker
        }));
        con.Run();
        await con.ReadyAsync();                                    // the controller runs and its child is ready
        // </snippet>

        await con.ShutdownAsync();
    }

    private static void LoadDictionary() => Console.WriteLine("loaded");
}
