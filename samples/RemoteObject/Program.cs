using EventDrivenActors;

// An object that lives in the child process, called through its interface.
await using EventRuntime runtime = EventRuntime.Create();
SubprocessAdapter child = null!;
Controller controller = runtime.CreateController(o => child = o.AddSubprocess(s => s.Workers = 2));
controller.Run();

ICounter counter = await child.CreateRemoteAsync<ICounter, Counter>(10);
Console.WriteLine($"the counter lives in {((IRemoteObject)counter).ProcessId}, the child is {child.ProcessId}");

Console.WriteLine($"awaited: {await counter.AddAsync(1)}");
counter.Step = 5; // a property, or any member without a task, blocks until the child has answered
Console.WriteLine($"blocking: {counter.Add()}, and the step is {counter.Step}");

Task<int>[] calls = [.. Enumerable.Range(0, 100).Select(_ => counter.AddAsync(1))];
await Task.WhenAll(calls); // one at a time, in order, so the counter needs no lock
Console.WriteLine($"100 calls: {await counter.AddAsync(0)}");

try
{
    counter.Step = -1;
}
catch (RemoteHandlerException failure)
{
    Console.WriteLine($"threw {failure.RemoteType}: {failure.RemoteMessage}");
}

await ((IRemoteObject)counter).DisposeAsync();
Console.WriteLine($"disposed, alive: {((IRemoteObject)counter).IsAlive}");

ICounter last = await child.CreateRemoteAsync<ICounter, Counter>(7);
await controller.ShutdownAsync();
try
{
    last.Add();
}
catch (ChildLostException)
{
    Console.WriteLine("the child has ended, and its objects with it");
}

internal interface ICounter
{
    int Step { get; set; }

    int Add();

    Task<int> AddAsync(int number);
}

internal sealed class Counter(int start) : ICounter, IDisposable
{
    private int _value = start;
    private int _step = 1;

    public int Step
    {
        get => _step;
        set => _step = value > 0 ? value : throw new InvalidOperationException($"a step of {value} leads nowhere");
    }

    public int Add() => _value += Step;

    public async Task<int> AddAsync(int number)
    {
        await Task.Yield();
        return _value += number;
    }

    public void Dispose() => _value = 0;
}
