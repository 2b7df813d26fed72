using Akka.TestKit;

namespace EventDrivenActors.TestKit.Tests.Cookbook;

public sealed class BesideAkka : ControllerTestKit
{
    // <snippet>
    [Fact]
    public async Task Controller_IsAnActorToAkkasProbes()
    {
        Controller areas = CreateController(o => o.Mapping
            .On("area", (int width, int height) => width * height)
            .On("bad", session => throw new InvalidOperationException("no such form")));
        areas.Run();
        TestProbe probe = CreateTestProbe();

        areas.Ref.Tell(new ControllerEvent("area", Args: [2, 3]), probe);
        Assert.Equal([6], await probe.ExpectMsgAsync<IReadOnlyList<object?>>());

        await EventFilter.Exception<InvalidOperationException>("no such form").ExpectOneAsync(async () =>
        {
            areas.Post("bad");
            await QuietAsync();
        });

        await probe.WatchAsync(areas.Ref);
        await areas.ShutdownAsync();
        await probe.ExpectTerminatedAsync(areas.Ref);
    }
    // </snippet>
}
