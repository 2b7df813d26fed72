namespace EventDrivenActors.DocsExamples;

internal static class RemoteObjects
{
    public static async Task RunAsync(EventRuntime runtime)
    {
        // <snippet>
        SubprocessAdapter child = null!;
        Controller con = runtime.CreateController(o => child = o.AddSubprocess(s => s.EventTimeout = TimeSpan.FromSeconds(5)));
        con.Run();

        IIndex index = await child.CreateRemoteAsync<IIndex, Index>("words");  // lives in the child; its constructor gets the arguments
        await using var removal = (IRemoteObject)index;                        // every proxy is one: disposing it removes the object

        await index.AddAsync("one");                                           // one call at a time, in order
        int count = index.Count;                                               // a member without a task blocks until the child has answered
        try
        {
            await index.AddAsync("");
        }
        catch (RemoteHandlerException failure)                                 // what the object threw; ChildLostException when its child died
        {
            Console.WriteLine(failure.RemoteMessage);
        }
        // </snippet>

        Console.WriteLine($"{index.Name} {count}");
    }

    internal interface IIndex
    {
        string Name { get; }

        int Count { get; }

        Task AddAsync(string word, CancellationToken cancellationToken = default);
    }

    internal sealed class Index(string name) : IIndex
    {
        private readonly HashSet<string> _words = [];

        public string Name => name;

        public int Count => _words.Count;

        public Task AddAsync(string word, CancellationToken cancellationToken = default)
        {
            ArgumentException.ThrowIfNullOrEmpty(word);
            _words.Add(word);
            return Task.CompletedTask;
        }
    }
}
