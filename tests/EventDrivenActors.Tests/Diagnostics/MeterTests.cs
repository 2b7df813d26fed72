using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using EventDrivenActors.TestSupport;

namespace EventDrivenActors.Tests.Diagnostics;

public sealed class MeterTests : Akka.TestKit.Xunit2.TestKit
{
    [Fact]
    public async Task Counters_CountUnobservedFailuresAndUnhandledEvents()
    {
        // Failures that earlier tests left behind are reported before the counting begins.
        GC.Collect();
        GC.WaitForPendingFinalizers();
        await using EventRuntime runtime = EventRuntime.For(Sys);
        Controller controller = runtime.CreateController(options =>
            options.Mapping.On("bad", (Action<Session>)(_ => throw new TestFailureException())).On("good", _ => 1)
        );
        controller.Run();
        ConcurrentDictionary<string, long> counts = [];
        using MeterListener listener = new()
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Meter.Name == "EventDrivenActors")
                {
                    self.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>(
            (instrument, value, _, _) => counts.AddOrUpdate(instrument.Name, value, (_, sum) => sum + value)
        );
        listener.Start();

        await controller.Dispatch("good").Guarded();
        await Assert.ThrowsAsync<TestFailureException>(() => controller.Dispatch("bad").Guarded());
        Assert.False(counts.ContainsKey("events.unhandled"));
        Assert.False(counts.ContainsKey("events.failed"));
        controller.PostMany("bad", 1, 2, 3);
        controller.PostMany("nobody handles it", 1, 2);
        await controller.WaitForIdleAsync().Guarded();

        Assert.Equal(3, counts["events.failed"]);
        Assert.Equal(2, counts["events.unhandled"]);
    }
}
