using System.Diagnostics;

namespace EventDrivenActors.Simulation.Running;

/// <summary>How long a run of the command goes on; it decides nothing but that.</summary>
internal sealed class TimeLimit(TimeSpan? limit)
{
    private readonly long _began = Stopwatch.GetTimestamp();

    public TimeSpan Elapsed => Stopwatch.GetElapsedTime(_began);

    public bool IsOver => Elapsed > limit;
}
