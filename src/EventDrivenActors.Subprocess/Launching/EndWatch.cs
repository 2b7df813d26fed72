namespace EventDrivenActors.Subprocess.Launching;

/// <summary>
/// Sees the ends of processes, and keeps the times that matter then, on a thread of its own: neither a starved pool nor
/// an ignored SIGCHLD hides a death.
/// </summary>
/// <remarks>
/// Linux wakes the thread by a descriptor of each process; elsewhere, and where there are none left, each process is
/// asked five times a second. The thread ends when there is nothing to watch. Callbacks run on it, one at a time, so
/// they must be quick and must not block.
/// </remarks>
internal sealed class EndWatch
{
    private const nint OpenProcessDescriptor = 434;
    private const int CloseOnExec = 0x80000;
    private const int NonBlocking = 0x800;
    private const short Readable = 1;
    private static readonly TimeSpan AskAgain = TimeSpan.FromMilliseconds(200);
    private readonly Lock _gate = new();
    private readonly AutoResetEvent _news = new(false);

    // Under _gate.
    private readonly List<Watched> _watched = [];
    private readonly List<Due> _due = [];
    private int _wake = -1;
    private bool _runs;

    /// <summary>The one of this process: a single thread serves all its children.</summary>
    public static EndWatch OfProcess { get; } = new();

    /// <summary>Calls back once, when a process has ended.</summary>
    /// <param name="processId">A child of this process that is not reaped by anybody before it was watched.</param>
    /// <param name="hasEnded">Asks whether it has ended, where the system does not tell.</param>
    /// <param name="onEnd">Is called when it has.</param>
    public void Watch(int processId, Func<bool> hasEnded, Action onEnd)
    {
        int descriptor = OperatingSystem.IsLinux() ? (int)Native.SystemCall(OpenProcessDescriptor, processId, 0) : -1;
        lock (_gate)
        {
            _watched.Add(new Watched(descriptor, hasEnded, onEnd));
            Run();
        }
    }

    /// <summary>
    /// Calls back once, after a time on a clock, unless it is disposed of before. On the system's clock that needs no
    /// thread of the pool.
    /// </summary>
    public static IDisposable After(TimeSpan wait, Action then, TimeProvider time)
    {
        if (ReferenceEquals(time, TimeProvider.System))
        {
            return OfProcess.After(wait, then);
        }

        DueTimer timer = new DueTimer(time, then);
        timer.Set(wait);
        return timer;
    }

    /// <summary>Calls back once, after a time, unless it is disposed of before.</summary>
    public IDisposable After(TimeSpan time, Action then)
    {
        Due due = new Due(this, TimeProvider.System.GetElapsedTime(0) + time, then);
        lock (_gate)
        {
            _due.Add(due);
            Run();
        }
        return due;
    }

    /// <summary>Under the gate.</summary>
    private void Run()
    {
        if (_runs)
        {
            Wake();
            return;
        }
        _runs = true;
        _wake = OperatingSystem.IsLinux() ? Native.CreateEvent(0, CloseOnExec | NonBlocking) : -1;
        new Thread(Loop, 256 * 1024) { IsBackground = true, Name = "child-watch" }.UnsafeStart();
    }

    private unsafe void Wake()
    {
        if (_wake < 0)
        {
            _news.Set();
            return;
        }
        long one = 1L;
        _ = Native.Write(_wake, (byte*)&one, sizeof(long));
    }

    private void Loop()
    {
        while (Next(out Watched[]? watched, out int wake, out TimeSpan? left))
        {
            Wait(watched, wake, left);
            foreach (Action callback in TakeOver(watched))
            {
                try
                {
                    callback();
                }
                catch (Exception)
                {
                    // The failure concerns one child; the ends of the others must still be seen.
                }
            }
        }
    }

    /// <returns>False when there is nothing more to watch; the next one gets another thread.</returns>
    private bool Next(out Watched[] watched, out int wake, out TimeSpan? left)
    {
        lock (_gate)
        {
            watched = [.. _watched];
            wake = _wake;
            left = null;
            if (_watched.Count == 0 && _due.Count == 0)
            {
                if (_wake >= 0)
                {
                    Native.Close(_wake);
                }

                _wake = -1;
                return _runs = false;
            }
            TimeSpan now = TimeProvider.System.GetElapsedTime(0);
            foreach (Due due in _due)
            {
                left = left is { } soonest && soonest < due.At - now ? soonest : due.At - now;
            }

            if (left < TimeSpan.Zero)
            {
                left = TimeSpan.Zero;
            }
        }
        if (wake < 0 || watched.Any(one => one.Descriptor < 0))
        {
            left = left < AskAgain ? left : AskAgain;
        }

        return true;
    }

    private void Wait(Watched[] watched, int wake, TimeSpan? left)
    {
        int milliseconds = left is { } limit
            ? (int)Math.Min(Math.Ceiling(limit.TotalMilliseconds), int.MaxValue)
            : Timeout.Infinite;
        if (wake < 0)
        {
            _news.WaitOne(milliseconds);
            return;
        }
        Native.PollEntry[] entries = new Native.PollEntry[watched.Length + 1];
        entries[0] = new Native.PollEntry { Descriptor = wake, Awaited = Readable };
        for (int at = 0; at < watched.Length; at++)
        {
            entries[at + 1] = new Native.PollEntry { Descriptor = watched[at].Descriptor, Awaited = Readable };
        }
        // After an interruption by a signal one look more does no harm.
        _ = Native.Poll(entries, (nuint)entries.Length, milliseconds);
        if (entries[0].Found != 0)
        {
            Drain(wake);
        }

        for (int at = 0; at < watched.Length; at++)
        {
            watched[at].IsSeen = entries[at + 1].Found != 0;
        }
    }

    private static unsafe void Drain(int wake)
    {
        long count;
        _ = Native.Read(wake, (byte*)&count, sizeof(long));
    }

    /// <summary>Removes ended processes and passed times, and returns their callbacks.</summary>
    private List<Action> TakeOver(Watched[] watched)
    {
        List<Watched> ended = [.. watched.Where(one => one.IsSeen || (one.Descriptor < 0 && one.HasEnded()))];
        TimeSpan now = TimeProvider.System.GetElapsedTime(0);
        lock (_gate)
        {
            foreach (Watched one in ended)
            {
                _watched.Remove(one);
                if (one.Descriptor >= 0)
                {
                    Native.Close(one.Descriptor);
                }
            }
            Due[] over = [.. _due.Where(due => due.At <= now).OrderBy(due => due.At)];
            _due.RemoveAll(due => due.At <= now);
            return [.. ended.Select(one => one.OnEnd), .. over.Select(due => due.Then)];
        }
    }

    private sealed class Watched(int descriptor, Func<bool> hasEnded, Action onEnd)
    {
        public int Descriptor => descriptor;

        public Func<bool> HasEnded => hasEnded;

        public Action OnEnd => onEnd;

        public bool IsSeen { get; set; }
    }

    private sealed class Due(EndWatch watch, TimeSpan at, Action then) : IDisposable
    {
        public TimeSpan At => at;

        public Action Then => then;

        public void Dispose()
        {
            lock (watch._gate)
            {
                watch._due.Remove(this);
            }
        }
    }
}
