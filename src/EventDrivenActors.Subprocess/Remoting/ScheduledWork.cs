using Akka.Actor;

namespace EventDrivenActors.Subprocess.Remoting;

/// <summary>A piece of work that a <see cref="SleepingScheduler"/> runs.</summary>
/// <param name="Action">Runs each time.</param>
/// <param name="Interval">From one run to the next; <see langword="null"/> for a single run.</param>
/// <param name="Cancelable">Takes the work back.</param>
internal sealed record ScheduledWork(Action Action, TimeSpan? Interval, ICancelable? Cancelable)
{
    public bool IsCancelled => Cancelable is { IsCancellationRequested: true };
}
