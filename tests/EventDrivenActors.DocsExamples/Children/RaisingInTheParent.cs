namespace EventDrivenActors.DocsExamples.Children;

internal static class RaisingInTheParent
{
    public static async Task RunAsync(EventRuntime runtime)
    {
        // <snippet>
        Controller con = runtime.CreateController(o =>
        {
            o.Mapping.On("found", (string what) => Console.WriteLine($"found {what}"));   // runs in the parent
            o.AddSubprocess(child => child.Mapping.On("search", Search));                 // runs in the child
        });
        con.Run();
        await con.Dispatch("search", "tea");

        static void Search(Session session, string what) => session.Parent!.Dispatch("found", what);
        // </snippet>

        await con.ShutdownAsync();
    }
}
