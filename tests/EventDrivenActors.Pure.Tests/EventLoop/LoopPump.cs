using EventDrivenActors.EventLoop;

namespace EventDrivenActors.Pure.Tests.EventLoop;

/// <summary>Threads that drain a loop whenever it asks for it; a run that ends is closed on one of them.</summary>
internal sealed class LoopPump : IDisposable
{
    private readonly SemaphoreSlim _wanted = new(0);
    private readonly LoopFacade _loop;
    private readonly FakeLoopHost _host;
    private readonly Thread[] _threads;
    private volatile bool _stopped;

    public LoopPump(LoopFacade loop, FakeLoopHost host, int threads)
    {
        _loop = loop;
        _host = host;
        host.OnSchedule = () => _wanted.Release();
        _threads = [.. Enumerable.Range(0, threads).Select(_ => new Thread(Work) { IsBackground = true })];
        Array.ForEach(_threads, thread => thread.Start());
    }

    public Exception? Failure { get; private set; }

    public void Dispose()
    {
        _stopped = true;
        _wanted.Release(_threads.Length);
        Array.ForEach(_threads, thread => thread.Join());
    }

    private void Work()
    {
        while (true)
        {
            _wanted.Wait();
            if (_stopped)
            {
                return;
            }

            try
            {
                if (_loop.Loop.Drain(7))
                {
                    _wanted.Release();
                }

                if (_host.TakeEnded())
                {
                    _loop.Close([]);
                }
            }
            catch (Exception exception)
            {
                Failure = exception;
            }
        }
    }
}
