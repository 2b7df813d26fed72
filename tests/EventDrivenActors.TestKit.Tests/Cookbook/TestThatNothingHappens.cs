namespace EventDrivenActors.TestKit.Tests.Cookbook;

public sealed class TestThatNothingHappens : ControllerTestKit
{
    // <snippet>
    [Fact]
    public async Task QuietRoom_RingsNoAlarm()
    {
        Controller alarm = CreateController(o => o.Mapping.On("ring", () => { }));
        Controller sensor = CreateController(o => o.Mapping.On("heat", (int degrees) =>
        {
            if (degrees > 60)
            {
                alarm.Post("ring");
            }
        }));
        alarm.Run();
        sensor.Run();
        EventProbe rings = CreateEventProbe(alarm);

        sensor.Post("heat", 20);
        await rings.ExpectNoEventAsync();  // waits until no loop has work left, not for a silence

        await Time.AdvanceAsync(TimeSpan.FromHours(8));
        await rings.ExpectNoEventAsync();  // nor is it only late
    }
    // </snippet>
}
