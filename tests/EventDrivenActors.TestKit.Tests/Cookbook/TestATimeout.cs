namespace EventDrivenActors.TestKit.Tests.Cookbook;

public sealed class TestATimeout : ControllerTestKit
{
    // <snippet>
    [Fact]
    public async Task Question_IsGivenUpAfterFiveMinutes()
    {
        Controller desk = CreateController(o =>
        {
            o.EventTimeout = TimeSpan.FromMinutes(5);
            o.Mapping.On("ask", session => Task.Delay(Timeout.InfiniteTimeSpan, session.CancellationToken));
        });
        desk.Run();
        Pending question = desk.Dispatch("ask");

        await Time.AdvanceAsync(TimeSpan.FromMinutes(5) - TimeSpan.FromSeconds(1));
        Assert.Equal(PendingStatus.Running, question.Status);

        await Time.AdvanceAsync(TimeSpan.FromSeconds(1));
        await Assert.ThrowsAsync<EventTimeoutException>(async () => await question);
    }
    // </snippet>
}
