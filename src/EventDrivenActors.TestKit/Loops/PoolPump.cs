using System.Collections.Concurrent;

namespace EventDrivenActors.TestKit.Loops;

/// <summary>Runs a program and all its loops on the only thread of the thread pool; a seed chooses the order.</summary>
/// <remarks>
/// The pump is itself an item of the pool. The other items of the pool, such as the callbacks of a token, run in the
/// order of the pool between two turns of the pump, never in parallel. The same seed gives the same run, step by step.
/// The seed also chooses how many actions run before the other items get their turn, so these are late at times.
/// </remarks>
internal sealed class PoolPump : IPump, IThreadPoolWorkItem
{
    private const int MostTurns = 4;
    private readonly LoopWork _work;
    private readonly Random _random;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly long _mostSteps;

    // Any thread.
    private readonly ConcurrentQueue<Action> _strange = [];

    // The only thread of the pool; before the first turn, the thread that starts the run.
    private readonly List<Action> _ready = [];
    private readonly Queue<TaskCompletionSource> _waiting = [];
    private Task? _program;
    private int _starving;

    // Written by the only thread of the pool; read by any thread.
    private int _thread;

    /// <param name="work">The work to run.</param>
    /// <param name="random">Chooses the order.</param>
    /// <param name="mostSteps">The number of steps after which the program counts as endless.</param>
    public PoolPump(LoopWork work, Random random, long mostSteps)
    {
        _work = work;
        _random = random;
        _mostSteps = mostSteps;
    }

    /// <summary>The number of actions that have run.</summary>
    public long Steps { get; private set; }

    /// <summary>
    /// Whether the pump gave the program up: it had not ended after the most steps, or nothing was left to run.
    /// </summary>
    public bool IsGivenUp { get; private set; }

    /// <summary>
    /// Whether a thread outside of the pool, such as the garbage collector's, has added work. Then the order may differ
    /// from that of the seed.
    /// </summary>
    public bool HadStrangers { get; private set; }

    /// <summary>Runs a program to its end.</summary>
    /// <returns>Completes when the program has ended and nothing is left to run.</returns>
    public Task RunAsync(Func<Task> program)
    {
        _work.Pump = this;
        _ready.Add(() => _program = program());
        Again();
        return _ended.Task;
    }

    /// <summary>
    /// Queues an action. The seed cannot order the actions of other threads, so these run when nothing else is left.
    /// </summary>
    public void Add(Action action)
    {
        if (Environment.CurrentManagedThreadId == Volatile.Read(ref _thread))
        {
            _ready.Add(action);
        }
        else
        {
            _strange.Enqueue(action);
        }
    }

    /// <summary>Makes the other items of the pool wait for this many more actions, as far as there are any.</summary>
    public void Starve(int turns) => _starving = turns;

    public Task WhenQuietAsync()
    {
        TaskCompletionSource source = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiting.Enqueue(source);
        return source.Task;
    }

    void IThreadPoolWorkItem.Execute()
    {
        _thread = Environment.CurrentManagedThreadId;
        for (
            int turns = _ready.Count > 0 ? 1 + _random.Next(MostTurns) + Interlocked.Exchange(ref _starving, 0) : 0;
            turns > 0 && _ready.Count > 0;
            turns--
        )
        {
            int index = _random.Next(_ready.Count);
            Action action = _ready[index];
            _ready.RemoveAt(index);
            Steps++;
            _work.Execute(action);
        }

        if (Steps > _mostSteps)
        {
            End(givenUp: true);
        }
        else if (_ready.Count > 0 || ThreadPool.PendingWorkItemCount > 0)
        {
            Again();
        }
        else if (DoStrangeWork())
        {
            Again();
        }
        else if (_waiting.TryDequeue(out TaskCompletionSource? quiet))
        {
            quiet.SetResult();
            Again();
        }
        else
        {
            End(givenUp: _program is not { IsCompleted: true });
        }
    }

    private bool DoStrangeWork()
    {
        if (_strange.IsEmpty)
        {
            return false;
        }

        _thread = 0;
        HadStrangers = true;
        while (_strange.TryDequeue(out Action? action))
        {
            _work.Execute(action);
        }

        return true;
    }

    private void Again() => ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);

    private void End(bool givenUp)
    {
        IsGivenUp = givenUp;
        _work.Pump = null;
        _ended.SetResult();
    }
}
