namespace EventDrivenActors.TestKit.Tests.Cookbook;

public sealed class TestARetry : ControllerTestKit
{
    // <snippet>
    [Fact]
    public async Task Delivery_IsTriedAgainAtGrowingIntervals()
    {
        List<TimeSpan> tried = [];
        Controller post = CreateController(o => o.Mapping.On("deliver", async session =>
        {
            for (int minutes = 1; tried.Count < 4; minutes *= 2)
            {
                tried.Add(Time.GetElapsedTime(0));
                await Task.Delay(TimeSpan.FromMinutes(minutes), Time, session.CancellationToken);
            }
        }));
        post.Run();

        Pending delivery = post.Dispatch("deliver");
        await Time.DriveAsync(delivery);  // from timer to timer, until it has ended

        Assert.Equal([0, 1, 3, 7], tried.Select(at => at.TotalMinutes));
    }
    // </snippet>
}
