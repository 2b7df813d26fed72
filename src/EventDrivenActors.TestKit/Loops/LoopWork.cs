using EventDrivenActors.TestKit.Timing;

namespace EventDrivenActors.TestKit.Loops;

/// <summary>
/// All that runs or waits to run in one actor system: the turns of its actors and the continuations of their handlers.
/// </summary>
/// <remarks>
/// It is quiet when nothing of it runs or waits to run, and the thread pool has nothing to do. A suspended handler is
/// no runnable work, whatever it waits for, so waiting for quiet does not hang on it. A child's answer is waited for as
/// long as <see cref="ChildPatience"/> lasts.
/// </remarks>
internal sealed class LoopWork : IQuietPlace
{
    private readonly Lock _gate = new();
    private readonly PoolQuiet _pool = new();
    private readonly LoopContext _context;

    // Under _gate.
    private TaskCompletionSource? _ended;

    // Any thread; volatile or interlocked.
    private volatile IPump? _pump;
    private int _open;
    private long _begun;

    public LoopWork() => _context = new LoopContext(this);

    /// <summary>The longest wait in real time for the loops to become quiet.</summary>
    public TimeSpan QuietLimit { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Whether a child process has events whose answer is to be expected soon, or is about to leave.</summary>
    public Func<bool> AwaitsChild { get; set; } = () => false;

    /// <summary>Says which loops are at work, for the message when they do not become quiet.</summary>
    public Func<string> Describe { get; set; } = () => "";

    /// <summary>Takes the exception of a continuation that no code awaits.</summary>
    public Action<Exception> Broken { get; set; } = _ => { };

    /// <summary>Gives everything to one thread that chooses the order; absent while the thread pool runs it.</summary>
    public IPump? Pump
    {
        get => _pump;
        set => _pump = value;
    }

    public bool IsOneThread => _pump is not null;

    public void Run(Action action)
    {
        if (_pump is { } pump)
        {
            pump.Add(action);
            return;
        }

        Interlocked.Increment(ref _open);
        Interlocked.Increment(ref _begun);
        ThreadPool.UnsafeQueueUserWorkItem(
            static item =>
            {
                item.Work.Execute(item.Action);
                item.Work.End();
            },
            (Work: this, Action: action),
            preferLocal: false
        );
    }

    /// <summary>Runs an action here and now as part of the loops' work.</summary>
    public void Execute(Action action)
    {
        SynchronizationContext? outer = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(_context);
        try
        {
            action();
        }
        catch (Exception exception)
        {
            Broken(exception);
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(outer);
        }
    }

    public void ThrowIfInside()
    {
        if (Session.Current is { IsActive: true } session)
        {
            throw new InvalidOperationException(
                $"The handler of '{session.Event}' of the controller '{session.Self.Name}' moves the clock or waits "
                    + "until the loops are quiet, and so waits for itself; do it in the test."
            );
        }
    }

    public async Task WhenQuietAsync()
    {
        if (_pump is { } pump)
        {
            await pump.WhenQuietAsync().ConfigureAwait(true);
            return;
        }

        long started = TimeProvider.System.GetTimestamp();
        while (true)
        {
            TimeSpan left = QuietLimit - TimeProvider.System.GetElapsedTime(started);
            try
            {
                await WhenNothingIsOpen().WaitAsync(left > TimeSpan.Zero ? left : TimeSpan.Zero).ConfigureAwait(false);
            }
            catch (TimeoutException)
            {
                throw NotQuiet();
            }

            if (IsQuiet() && !await ChildHasAnsweredAsync().ConfigureAwait(false))
            {
                return;
            }
        }
    }

    public void WaitUntilQuiet()
    {
        if (_pump is not null)
        {
            throw new InvalidOperationException(
                "One thread runs the loops and the test in this interleaving, and must not block; await AdvanceAsync "
                    + "or QuietAsync."
            );
        }

        long started = TimeProvider.System.GetTimestamp();
        do
        {
            TimeSpan left = QuietLimit - TimeProvider.System.GetElapsedTime(started);
            if (left < TimeSpan.Zero || !SpinWait.SpinUntil(() => Volatile.Read(ref _open) == 0, left))
            {
                throw NotQuiet();
            }
        } while (!IsQuiet() || ChildHasAnswered());
    }

    /// <summary>
    /// A child works in real time: it is waited for, but not for ever, since its handler may never end.
    /// </summary>
    /// <returns>Whether there was something to wait for, and it came.</returns>
    private async Task<bool> ChildHasAnsweredAsync()
    {
        bool awaited = AwaitsChild();
        ChildPatience patience = new(QuietLimit);
        while (awaited && AwaitsChild())
        {
            if (patience.IsOver())
            {
                return false;
            }

            await Task.Delay(ChildPatience.Pause).ConfigureAwait(false);
        }

        return awaited;
    }

    /// <inheritdoc cref="ChildHasAnsweredAsync"/>
    private bool ChildHasAnswered()
    {
        if (!AwaitsChild())
        {
            return false;
        }

        ChildPatience patience = new(QuietLimit);
        SpinWait.SpinUntil(() => !AwaitsChild() || patience.IsOver());
        return !AwaitsChild();
    }

    /// <summary>
    /// Waits for the thread pool too, which runs the library's own continuations, and checks whether that has made new
    /// work.
    /// </summary>
    private bool IsQuiet()
    {
        long seen = Interlocked.Read(ref _begun);
        _pool.Wait();
        return Volatile.Read(ref _open) == 0 && Interlocked.Read(ref _begun) == seen;
    }

    private Task WhenNothingIsOpen()
    {
        lock (_gate)
        {
            if (Volatile.Read(ref _open) == 0)
            {
                return Task.CompletedTask;
            }

            _ended ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _ended.Task;
        }
    }

    private void End()
    {
        if (Interlocked.Decrement(ref _open) > 0)
        {
            return;
        }

        lock (_gate)
        {
            // New work may have begun meanwhile; the waiting code looks again.
            _ended?.TrySetResult();
            _ended = null;
        }
    }

    private TimeoutException NotQuiet() =>
        new(
            $"The loops were not quiet after {QuietLimit} of real time: a handler runs for longer, or events make new "
                + $"events without end.{Environment.NewLine}{Describe()}"
        );
}
