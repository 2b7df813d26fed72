namespace EventDrivenActors.TestKit.Tests.Cookbook;

public sealed class TestATimer : ControllerTestKit
{
    // <snippet>
    [Fact]
    public async Task Report_IsWrittenOnceADay()
    {
        List<DateTimeOffset> written = [];
        Controller reports = CreateController(o =>
        {
            o.AddTimer(TimeSpan.FromDays(1));
            o.Mapping.On(ControllerEvents.Timing, session => written.Add(Time.GetUtcNow()));
        });
        reports.Run();

        await Time.AdvanceAsync(TimeSpan.FromDays(7));

        Assert.Equal(7, written.Count);
        Assert.Equal(new DateTimeOffset(2000, 1, 2, 0, 0, 0, TimeSpan.Zero), written[0]);  // it starts with 2000
    }
    // </snippet>
}
