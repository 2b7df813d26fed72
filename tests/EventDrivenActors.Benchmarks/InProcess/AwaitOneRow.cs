namespace EventDrivenActors.Benchmarks.InProcess;

/// <summary>Dispatch and await, one at a time.</summary>
internal sealed class AwaitOneRow() : AwaitRow("await-1", inFlight: 1, akka: 2, proto: 2, channel: null);
