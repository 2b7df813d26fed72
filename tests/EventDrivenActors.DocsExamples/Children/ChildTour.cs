namespace EventDrivenActors.DocsExamples.Children;

/// <summary>Runs what the snippets about child processes show.</summary>
internal static class ChildTour
{
    public static async Task RunAsync(EventRuntime runtime)
    {
        EventKey<string, int> parse = new("parse");
        Controller con = runtime.CreateController(o => o.AddSubprocess(child =>
        {
            child.Mapping.On(parse, (session, text) => text.Length);
            Replacing.Set(child);
        }));
        con.Run();
        await LastResort.RunAsync(con, parse);
        await con.ShutdownAsync();

        await WithSetUp.RunAsync(runtime);
        await AllowedTypes.RunAsync(runtime);
        await RaisingInTheParent.RunAsync(runtime);
        await WarmStart.RunAsync(runtime);
    }
}
