using EventDrivenActors.TestSupport;

namespace EventDrivenActors.Tests.Diagnostics;

/// <summary>A handler that ignores its time-out is reported as stuck, because later events wait for its end.</summary>
public sealed class StuckHandlerTests : Akka.TestKit.Xunit2.TestKit
{
    [Fact]
    public async Task HandlerThatRunsOnPastItsTimeOut_IsNamedInTheLog()
    {
        TaskCompletionSource end = new();
        await using EventRuntime runtime = EventRuntime.For(Sys);
        Controller controller = runtime.CreateController(options =>
        {
            options.EventTimeout = TimeSpan.FromMilliseconds(1);
            options.Mapping.On("slow", _ => end.Task);
        });
        controller.Run();

        await EventFilter
            .Warning(contains: "The handler of 'slow'")
            .ExpectOneAsync(
                HangGuard.Limit,
                async () => Assert.Equal(PendingStatus.TimedOut, await controller.Dispatch("slow").SettledAsync())
            );

        end.SetResult();
        await controller.WaitForIdleAsync().Guarded();
    }
}
