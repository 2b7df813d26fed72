using EventDrivenActors.Advanced;

namespace EventDrivenActors.Wire.Channel;

/// <summary>
/// The threads that read a connection, one at a time; the other one stands by, or does the work that its reading has
/// caused.
/// </summary>
/// <remarks>
/// A thread that has read what causes one piece of work hands the reading over first, and then does that work itself;
/// no other thread is woken for it. It does so only where another one stands by, so that work that takes long, or never
/// ends, does not hold up reading. Pool threads do the rest.
/// </remarks>
/// <param name="watch">The watch on which they wait; disposed of by the last one that waits.</param>
/// <param name="read">Reads what is there. False when there will be nothing more.</param>
internal sealed class ReadingCrew(SocketWatch watch, Func<bool> read)
{
    private readonly Lock _gate = new();
    private readonly Lock _reading = new();

    // Under _gate.
    private int _waiting;

    // Written under _gate; read by any thread.
    private volatile bool _ended;

    /// <summary>Starts to read.</summary>
    public void Start(string name)
    {
        for (int i = 0; i < watch.Places; i++)
        {
            // Not in the context of the caller; and it may run what a thread of the pool would.
            new Thread(Run) { IsBackground = true, Name = name }.UnsafeStart();
        }
    }

    private void Run()
    {
        ExecutionContext own = ExecutionContext.Capture()!;
        Thread thread = Thread.CurrentThread;
        while (Await() && Read(out IThreadPoolWorkItem? work))
        {
            watch.Next();
            if (work is not null)
            {
                work.Execute();
                // The work leaves nothing on the thread for the next one, as on a thread of the pool.
                ExecutionContext.Restore(own);
                SynchronizationContext.SetSynchronizationContext(null);
                if (thread.Priority != ThreadPriority.Normal)
                {
                    thread.Priority = ThreadPriority.Normal;
                }

                thread.IsBackground = true;
            }
        }
    }

    /// <summary>Waits for its turn.</summary>
    /// <returns>False when there will be none.</returns>
    private bool Await()
    {
        lock (_gate)
        {
            if (_ended)
            {
                return false;
            }

            _waiting++;
        }
        watch.Wait();
        bool ended;
        bool isLast;
        lock (_gate)
        {
            _waiting--;
            ended = _ended;
            isLast = ended && _waiting == 0;
        }
        if (isLast)
        {
            watch.Dispose();
        }

        return !ended;
    }

    private bool Read(out IThreadPoolWorkItem? work)
    {
        work = null;
        bool more;
        lock (_reading)
        {
            if (_ended)
            {
                return false;
            }

            AdapterSeams.BeginOffer();
            try
            {
                more = read();
            }
            finally
            {
                work = AdapterSeams.EndOffer();
            }
            if (!more)
            {
                End();
            }
        }
        if (work is not null && (!more || !AnotherWaits()))
        {
            ThreadPool.UnsafeQueueUserWorkItem(work, preferLocal: false);
            work = null;
        }
        return more;
    }

    private bool AnotherWaits()
    {
        lock (_gate)
        {
            return _waiting > 0;
        }
    }

    private void End()
    {
        bool isLast;
        lock (_gate)
        {
            _ended = true;
            isLast = _waiting == 0;
        }
        if (isLast)
        {
            watch.Dispose();
        }
        else
        {
            watch.LetGo();
        }
    }
}
