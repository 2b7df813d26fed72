namespace EventDrivenActors.TestKit.Tests.Cookbook;

public sealed class FiveLines : ControllerTestKit
{
    [Fact]
    public async Task Reminder_ComesAfterAWeek()
    {
        bool reminded = false;
        // <snippet>
        Controller con = CreateController(o => o.AddTimer(TimeSpan.FromDays(7)));
        con.Mapping.Add(ControllerEvents.Timing, () => { reminded = true; });
        con.Run();
        await Time.AdvanceAsync(TimeSpan.FromDays(7));   // takes milliseconds
        Assert.True(reminded);
        // </snippet>
    }
}
