using EventDrivenActors.Subprocess.Tests.Children;
using EventDrivenActors.TestSupport;

namespace EventDrivenActors.Subprocess.Tests.RemoteObjects;

/// <summary>Says on the standard output what the tests wait for; its state is that of one object.</summary>
internal sealed class Counter : ICounter, IAsyncDisposable
{
    private readonly Dictionary<string, int> _slots = [];
    private readonly List<int> _order = [];
    private int _inside;

    public Counter(int start)
    {
        if (start < 0)
        {
            throw new ArgumentOutOfRangeException(nameof(start), start, "below zero");
        }

        Value = start;
    }

    public Counter(string name, long start = 7)
    {
        Name = name;
        Value = (int)start;
    }

    /// <summary>What objects in this process have said.</summary>
    public static Journal<string> Said { get; } = new();

    /// <summary>Lets go of what holds; a test that opens it puts another one in its place.</summary>
    public static TaskCompletionSource Latch { get; set; } = NewLatch();

    public int Value { get; private set; }

    public string Name { get; set; } = "nobody";

    public int this[string slot]
    {
        get => _slots[slot];
        set => _slots[slot] = value;
    }

    public void Add(int number)
    {
        _order.Add(number);
        Value += number;
    }

    public int AddAndGet(int number)
    {
        Add(number);
        return Value;
    }

    public async Task AddAsync(int number)
    {
        if (Interlocked.Increment(ref _inside) != 1)
        {
            throw new InvalidOperationException("two calls at a time");
        }

        await Task.Yield();
        Add(number);
        Interlocked.Decrement(ref _inside);
    }

    public async Task<int> AddAndGetAsync(int number, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        await AddAsync(number);
        return Value;
    }

    public async ValueTask AddLaterAsync(int number) => await AddAsync(number);

    public async ValueTask<int> AddLaterAndGetAsync(int number = 1) => await AddAndGetAsync(number);

    public T Echo<T>(T value) => value;

    public Task<List<T>> RepeatAsync<T>(T value, int times) =>
        Task.FromResult(Enumerable.Repeat(value, times).ToList());

    public Task<string?> NullAsync() => Task.FromResult<string?>(null);

    public void Throw(string message) => throw new InvalidOperationException(message, new FormatException("inner"));

    public async Task ThrowAsync(string message)
    {
        await Task.Yield();
        Throw(message);
    }

    public async Task<int> HoldAsync(CancellationToken cancellationToken)
    {
        Say($"holding {Name}");
        await Latch.Task.WaitAsync(cancellationToken);
        return Value;
    }

    public Task IgnoreTokenAsync()
    {
        Say($"ignoring {Name}");
        return new TaskCompletionSource().Task;
    }

    public Task<int[]> OrderAsync() => Task.FromResult(_order.ToArray());

    public string Where() =>
        $"{Environment.ProcessId} {Session.Current.Get(ChildWork.Label)} {Session.Current.WorkerIndex}";

    public void Exit(int code) => Environment.Exit(code);

    public object Unlisted() => new Unlisted(1);

    public void Take(object value) => Name = value.ToString()!;

    public static TaskCompletionSource NewLatch() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    public async ValueTask DisposeAsync()
    {
        await Task.Yield();
        Say($"disposed {Name}");
        if (Name == "stubborn")
        {
            throw new InvalidOperationException("it will not go");
        }
    }

    private static void Say(string line)
    {
        Console.WriteLine(line);
        Said.Add(line);
    }
}
