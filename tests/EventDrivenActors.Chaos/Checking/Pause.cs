namespace EventDrivenActors.Chaos.Checking;

/// <summary>A time in which a controller may start nothing, on the clock of the notes.</summary>
internal sealed record Pause(string Controller, long From, long To);
