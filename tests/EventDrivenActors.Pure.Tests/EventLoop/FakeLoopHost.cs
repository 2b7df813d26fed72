using EventDrivenActors.EventLoop;
using EventDrivenActors.EventLoop.Mailbox;

namespace EventDrivenActors.Pure.Tests.EventLoop;

/// <summary>The edge of a loop that only counts what the loop asks for.</summary>
internal sealed class FakeLoopHost : ILoopHost, ITurns
{
    public System.Collections.Concurrent.ConcurrentBag<Exception> Broken { get; } = [];

    private static readonly IController Stub = StubController.Create();
    private int _scheduled;
    private int _ended;
    private int _failures;

    public IController Controller => Stub;

    public IController? Pool => null;

    public int WorkerIndex => 0;

    /// <summary>A loop that may give turns on the thread that dispatches.</summary>
    public ControllerLoop? Relaying { get; set; }

    bool IEventConsumer.IsEnlisted { get; set; }

    public bool IsScheduled => Volatile.Read(ref _scheduled) > 0;

    /// <summary>How many failures were reported because nobody else looks at them.</summary>
    public int Failures => Volatile.Read(ref _failures);

    public int Unhandled { get; private set; }

    public List<object> Stuck { get; } = [];

    public Action? OnSchedule { get; set; }

    /// <summary>Closes the run at once, where the test does not want to do it itself.</summary>
    public Action? OnEnded { get; set; }

    public Action? OnUnhandled { get; set; }

    public Action? OnFinishing { get; set; }

    /// <summary>Takes all requests for a drain, as one turn answers them.</summary>
    public bool TakeScheduled() => Interlocked.Exchange(ref _scheduled, 0) > 0;

    /// <summary>Takes the request to close the run.</summary>
    public bool TakeEnded() => Interlocked.Exchange(ref _ended, 0) > 0;

    public void Wake()
    {
        if (Relaying?.TryRelay() != true)
        {
            Request();
        }
    }

    public void Request()
    {
        Interlocked.Increment(ref _scheduled);
        OnSchedule?.Invoke();
    }

    public void RunEnded(Func<long> deadline)
    {
        if (OnEnded is { } close)
        {
            close();
        }
        else
        {
            Interlocked.Increment(ref _ended);
        }
    }

    public void Aborting() { }

    public void Finishing() => OnFinishing?.Invoke();

    public Func<int> Cleaning() => static () => 0;

    public void LogFailure(object key, Exception exception) => Interlocked.Increment(ref _failures);

    public void LogBroken(Exception exception) => Broken.Add(exception);

    public void LogStuck(object key, TimeSpan timeout) => Stuck.Add(key);

    public void LogUnhandled(object key)
    {
        Unhandled++;
        OnUnhandled?.Invoke();
    }
}
