namespace EventDrivenActors;

/// <summary>The value of a <see cref="ControllerEvents.Timing"/> event.</summary>
/// <param name="Number">The number of this tick since the timer was armed, starting at 1.</param>
/// <param name="Missed">How many ticks before it were dropped because the previous one had not been handled, or because
/// the process stood still.</param>
public sealed record TimerTick(long Number, long Missed);
