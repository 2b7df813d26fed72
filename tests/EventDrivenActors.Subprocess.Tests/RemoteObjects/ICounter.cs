namespace EventDrivenActors.Subprocess.Tests.RemoteObjects;

public interface INamed
{
    string Name { get; set; }

    string Greet(string whom) => $"{Name} greets {whom}";
}

/// <summary>One member of each shape that may cross.</summary>
public interface ICounter : INamed
{
    int Value { get; }

    int this[string slot] { get; set; }

    void Add(int number);

    int AddAndGet(int number);

    Task AddAsync(int number);

    Task<int> AddAndGetAsync(int number, CancellationToken cancellationToken = default);

    ValueTask AddLaterAsync(int number);

    ValueTask<int> AddLaterAndGetAsync(int number = 1);

    T Echo<T>(T value);

    Task<List<T>> RepeatAsync<T>(T value, int times);

    Task<string?> NullAsync();

    void Throw(string message);

    Task ThrowAsync(string message);

    Task<int> HoldAsync(CancellationToken cancellationToken);

    Task IgnoreTokenAsync();

    Task<int[]> OrderAsync();

    string Where();

    void Exit(int code);

    object Unlisted();

    void Take(object value);
}
