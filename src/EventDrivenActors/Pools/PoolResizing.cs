using System.Collections.Immutable;
using EventDrivenActors.EventLoop;
using EventDrivenActors.EventLoop.Mailbox;

namespace EventDrivenActors.Pools;

/// <summary>Changes of a pool's size, and the events that they move from the queue of one worker to another.</summary>
/// <param name="state">The pool's run.</param>
/// <param name="members">The workers.</param>
/// <param name="queue">The queue that all workers share.</param>
/// <param name="intake">Gives events to workers.</param>
/// <param name="unstarted">Settles events that end between two workers.</param>
/// <param name="read">Reads the options of a new worker.</param>
internal sealed class PoolResizing(
    PoolState state,
    PoolMembers members,
    EventMailbox queue,
    PoolIntake intake,
    UnstartedEvents unstarted,
    Func<PoolOptions> read
)
{
    // Any thread, by interlocked steps. How many changes may hold events between two queues.
    private int _moving;

    // Changed under the pool's gate, read by any thread. The end of all of these changes.
    private volatile Task _moved = Task.CompletedTask;

    /// <summary>Whether events may be between the queues of two workers. Set before the workers change.</summary>
    public bool IsMoving => Volatile.Read(ref _moving) != 0;

    /// <summary>Adds workers to a new pool.</summary>
    public void Grow(int count, PoolOptions first)
    {
        for (int i = 0; i < count; i++)
        {
            PoolOptions options = i == 0 ? first : read();
            lock (state.Gate)
            {
                members.Add(options);
            }
        }
    }

    /// <summary>Changes the number of workers to one that depends on how many there are.</summary>
    /// <returns>The workers that leave: the caller shuts them down.</returns>
    /// <exception cref="InvalidOperationException">Handlers of all workers that would stay await queued events of the
    /// pool.</exception>
    public ImmutableArray<(Controller Worker, bool WasHeld)> Resize(Func<int, int> sizeOf, string pool)
    {
        TaskCompletionSource moved = new(TaskCreationOptions.RunContinuationsAsynchronously);
        ImmutableArray<(Controller Worker, bool WasHeld)> leaving;
        try
        {
            List<QueuedEvent> orphans;
            lock (state.Gate)
            {
                Interlocked.Increment(ref _moving);
                _moved = Task.WhenAll(_moved, moved.Task);
                int size = sizeOf(members.Workers.Length);
                while (members.Workers.Length < size)
                {
                    members.Add(read());
                }

                leaving =
                    members.TryShrink(size)
                    ?? throw new InvalidOperationException(
                        $"The pool '{pool}' cannot shrink to '{size}' now: handlers of all workers that would stay "
                            + "await queued events of this pool, which nobody would take; resize it when one of them "
                            + "has ended."
                    );
                orphans = TakeOrphans(leaving);
            }

            orphans.ForEach(Reassign);
        }
        finally
        {
            Interlocked.Decrement(ref _moving);
            moved.SetResult();
        }

        return leaving;
    }

    /// <summary>Waits until what is queued in the pool and in its workers has been taken.</summary>
    /// <remarks>It waits again where an event has meanwhile gone from a worker that leaves to another one.</remarks>
    public async Task WaitForTakenAsync(CancellationToken cancellationToken)
    {
        for (Task? seen = null; !ReferenceEquals(seen, _moved);)
        {
            seen = _moved;
            await seen.WaitAsync(cancellationToken).ConfigureAwait(false);
            await Task.WhenAll(
                    members.All.SelectMany(worker =>
                        new[]
                        {
                            worker.Loop.TakenAsync(queue, cancellationToken),
                            worker.Loop.TakenAsync(worker.Loop.Mailbox, cancellationToken),
                        }
                    )
                )
                .ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Takes what workers that leave have queued and others are to run: all of it, if the worker has begun nothing.
    /// Under the pool's gate.
    /// </summary>
    private static List<QueuedEvent> TakeOrphans(ImmutableArray<(Controller Worker, bool WasHeld)> leaving)
    {
        List<QueuedEvent> orphans = [];
        foreach ((Controller worker, bool wasHeld) in leaving)
        {
            worker.Loop.Mailbox.Close();
            if (wasHeld || worker.State == ControllerState.Created)
            {
                orphans.AddRange(worker.Loop.Mailbox.TakeQueued());
            }
        }

        return orphans;
    }

    /// <summary>
    /// Gives an event of a worker that has left to another one. Of an event for all workers that part is left out.
    /// </summary>
    private void Reassign(QueuedEvent item)
    {
        if (item.Pending is { IsPart: true } part)
        {
            part.TrySettleQueued(EventOutcome.Completed([]));
            return;
        }

        if (intake.AddToOne(item, anyway: true) == AddResult.Closed)
        {
            // The pool itself has ended meanwhile.
            unstarted.Settle(item, members.FinalOutcome());
        }
    }
}
