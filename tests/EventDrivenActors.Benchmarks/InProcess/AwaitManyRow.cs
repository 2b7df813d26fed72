namespace EventDrivenActors.Benchmarks.InProcess;

/// <summary>Dispatch and await with 1,000 in flight.</summary>
internal sealed class AwaitManyRow() : AwaitRow("await-1000", inFlight: 1000, akka: 3, proto: 3, channel: 1);
