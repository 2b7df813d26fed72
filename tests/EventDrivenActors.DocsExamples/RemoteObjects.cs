namespace EventDrivenActors.DocsExamples;

internal static class RemoteObjects
{
    public static async Task RunAsync(EventRuntime runtime)
    {
        // <snippet>
        SubprocessAdapter child = null!;
        Controller con = runtime.CreateController(o =>
            child = o.AddSubprocess(s => s.EventTimeout = TimeSpan.FromSeconds(5)));
        con.Run();

        // It lives in the child; its constructor gets the arguments. Disposing the proxy removes the object.
        IIndex index = await child.CreateRemoteAsync<IIndex, Index>("words");
        await using IRemoteObject removal = (IRemoteObject)index;

        await index.AddAsync("one");             // one call at a time, in order
        int count = index.Count;                 // blocks until the child has answered
        try
        {
            await index.AddAsync("");
        }
        catch (RemoteHandlerException failure)   // the object threw; a dead child gives ChildLostException
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
