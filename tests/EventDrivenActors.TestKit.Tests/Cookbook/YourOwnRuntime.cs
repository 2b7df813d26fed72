namespace EventDrivenActors.TestKit.Tests.Cookbook;

public sealed class YourOwnRuntime : ControllerTestKit
{
    // <snippet>
    [Fact]
    public async Task Application_ThatMakesItsRuntimeItself_IsTestedAsItIs()
    {
        await using EventRuntime runtime = EventRuntime.For(Sys, Join);  // the kit's clock, journals and checks
        Controller clock = runtime.CreateController(o => o.AddTimer(TimeSpan.FromHours(1), key: "strikes"));
        clock.Mapping.Add("strikes", () => { });
        EventProbe strikes = CreateEventProbe(clock);
        clock.Run();

        await Time.AdvanceAsync(TimeSpan.FromHours(2));

        await strikes.ExpectEventsInOrderAsync("strikes", "strikes");
    }
    // </snippet>
}
