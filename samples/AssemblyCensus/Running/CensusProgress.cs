using AssemblyCensus.Engines;

namespace AssemblyCensus.Running;

/// <summary>Counts outcomes on one thread, and lets another look.</summary>
internal sealed class CensusProgress(int total, ICensusEngine engine, DrainSignal drain, TimeProvider time)
{
    private readonly RateMeter _rate = new(time);
    private int _done;
    private int _failed;

    public void Add(CensusOutcome outcome)
    {
        _rate.Add();
        Interlocked.Increment(ref _done);
        if (!outcome.IsAssembly)
        {
            Interlocked.Increment(ref _failed);
        }
    }

    public ProgressSnapshot Look() =>
        new(
            total,
            Volatile.Read(ref _done),
            Volatile.Read(ref _failed),
            _rate.PerSecond,
            drain.IsStopping,
            engine.Children
        );
}
