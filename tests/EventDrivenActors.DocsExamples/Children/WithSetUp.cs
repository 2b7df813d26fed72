namespace EventDrivenActors.DocsExamples.Children;

internal static class WithSetUp
{
    public static async Task RunAsync(EventRuntime runtime)
    {
        // <snippet>
        Controller con = runtime.CreateController(o => o.AddSubprocess(child =>
        {
            child.Workers = 4;           // four handlers at a time in the one child
            child.Use<WordsSetup>();     // instantiated in the child
        }));
        con.Run();

        IReadOnlyList<object?> known = await con.Dispatch("is a word", "tea");
        // </snippet>

        Console.WriteLine(known[0]);
        await con.ShutdownAsync();
    }
}

// <snippet>
internal sealed class WordsSetup : IChildSetup
{
    public void Configure(PoolOptions options)   // called once for each worker of the child
    {
        HashSet<string> words = [];
        options.Mapping
            .On(ControllerEvents.WorkerPrepare, () => words.Add("tea"))   // before the child takes events
            .On("is a word", (string word) => words.Contains(word));
    }
}
// </snippet>
