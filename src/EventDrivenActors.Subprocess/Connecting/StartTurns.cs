namespace EventDrivenActors.Subprocess.Connecting;

/// <summary>
/// Lets about one child for each processor be started at a time. Many starts at once would slow each other down until
/// all are too late.
/// </summary>
/// <remarks>
/// A turn covers the part of a start in which no user code runs. A child that is not connected when its turn is over
/// goes on beside the next one.
/// </remarks>
internal sealed class StartTurns(int atOnce)
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);
    private readonly SemaphoreSlim _turns = new(atOnce);

    /// <summary>The turns of the process, shared by all runtimes.</summary>
    public static StartTurns OfProcess { get; } = new(Environment.ProcessorCount);

    /// <summary>Waits for a turn, in the order of the calls.</summary>
    /// <returns>Ends the turn, if it is not over.</returns>
    /// <exception cref="OperationCanceledException">The token fired before.</exception>
    public async Task<IDisposable> TakeAsync(TimeProvider time, CancellationToken cancellationToken)
    {
        await _turns.WaitAsync(cancellationToken).ConfigureAwait(false);
        return new Turn(_turns, time);
    }

    private sealed class Turn : IDisposable
    {
        private readonly SemaphoreSlim _turns;
        private readonly ITimer _over;
        private int _ended;

        public Turn(SemaphoreSlim turns, TimeProvider time)
        {
            _turns = turns;
            _over = time.CreateTimer(static turn => ((Turn)turn!).End(), this, Longest, Timeout.InfiniteTimeSpan);
        }

        public void Dispose()
        {
            _over.Dispose();
            End();
        }

        private void End()
        {
            if (Interlocked.Exchange(ref _ended, 1) == 0)
            {
                _turns.Release();
            }
        }
    }
}
