using System.Collections.Concurrent;

namespace EventDrivenActors.TestKit.Loops;

/// <summary>
/// Runs a program and all its loops on the only thread of a thread pool that has no other; a seed chooses what comes
/// next.
/// </summary>
/// <remarks>
/// It is an item of the pool itself, so what the pool runs besides, such as the callbacks of a token, comes in the
/// pool's order between two of its turns, and nothing ever runs at the same time. The same seed gives the same run,
/// step by step. The seed also chooses how many turns come before the pool's own items, so these are late at times.
/// </remarks>
internal sealed class PoolPump : IPump, IThreadPoolWorkItem
{
    private const int MostTurns = 4;
    private readonly LoopWork _work;
    private readonly Random _random;
    private readonly List<Action> _ready = [];
    private readonly ConcurrentQueue<Action> _strange = [];
    private readonly Queue<TaskCompletionSource> _waiting = [];
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly long _mostSteps;
    private Task? _program;
    private int _starving;
    private int _thread;

    /// <param name="work">What it runs.</param>
    /// <param name="random">Chooses.</param>
    /// <param name="mostSteps">After so many steps the program is taken for endless.</param>
    public PoolPump(LoopWork work, Random random, long mostSteps)
    {
        _work = work;
        _random = random;
        _mostSteps = mostSteps;
    }

    /// <summary>How many actions have run.</summary>
    public long Steps { get; private set; }

    /// <summary>
    /// Whether the program was given up, because it had not ended after the most steps or nothing was left to run.
    /// </summary>
    public bool IsGivenUp { get; private set; }

    /// <summary>
    /// Whether another thread than the pool's has taken part, as that of the garbage collector may: then the order may
    /// have been another one than the seed's.
    /// </summary>
    public bool HadStrangers { get; private set; }

    /// <summary>Runs a program to its end.</summary>
    /// <returns>Completes when it has ended and nothing is left to run.</returns>
    public Task RunAsync(Func<Task> program)
    {
        _work.Pump = this;
        _ready.Add(() => _program = program());
        Again();
        return _ended.Task;
    }

    /// <summary>
    /// What comes from another thread than the pool's, which no seed can place, is done when there is nothing else.
    /// </summary>
    public void Add(Action action)
    {
        if (Environment.CurrentManagedThreadId == _thread)
        {
            _ready.Add(action);
        }
        else
        {
            _strange.Enqueue(action);
        }
    }

    /// <summary>Lets the pool's own items wait while so many turns are taken, as far as there are any.</summary>
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
