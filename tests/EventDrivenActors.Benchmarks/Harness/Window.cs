namespace EventDrivenActors.Benchmarks.Harness;

/// <summary>
/// Keeps producers from running away: at most so many operations are outstanding. Each consumer counts for itself.
/// </summary>
internal sealed class Window(int consumers = 1)
{
    private const int Size = 8192;
    private const int Look = 1024;
    private readonly Tally[] _tallies = [.. Enumerable.Range(0, consumers).Select(_ => new Tally())];

    /// <summary>What a consumer counts with.</summary>
    public Tally this[int consumer] => _tallies[consumer];

    private long Done
    {
        get
        {
            long done = 0;
            foreach (Tally tally in _tallies)
            {
                done += tally.Count;
            }

            return done;
        }
    }

    /// <summary>Produces so many times on threads of their own, and waits until all has been consumed.</summary>
    /// <param name="count">How many operations; a producer does its part of them.</param>
    /// <param name="produce">Does one operation, or so many as <paramref name="step"/> says.</param>
    /// <param name="producers">How many threads.</param>
    /// <param name="step">How many operations a call is.</param>
    public Task RunAsync(int count, Action<int> produce, int producers = 1, int step = 1)
    {
        long before = Done;
        int each = count / producers / step * step;
        return Task.WhenAll(
            Enumerable
                .Range(0, producers)
                .Select(_ =>
                    Task.Factory.StartNew(
                        () => Produce(before, each, produce, producers, step),
                        CancellationToken.None,
                        TaskCreationOptions.LongRunning,
                        TaskScheduler.Default
                    )
                )
        );
    }

    private void Produce(long before, int count, Action<int> produce, int producers, int step)
    {
        for (int sent = 0; sent < count; sent += step)
        {
            if (sent % Look == 0)
            {
                // The other producers are as far as this one, more or less.
                Await(before + ((long)sent * producers) - Size + Look);
            }

            produce(sent);
        }

        Await(before + ((long)count * producers));
    }

    private void Await(long done)
    {
        SpinWait spin = default;
        while (Done < done)
        {
            spin.SpinOnce(sleep1Threshold: -1);
        }
    }
}
