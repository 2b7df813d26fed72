namespace EventDrivenActors.TestKit.Tests.Cookbook;

public sealed class StepByStep : ControllerTestKit
{
    // <snippet>
    [Fact]
    public async Task PaymentAndReminder_InThatOrder_RemindNobody()
    {
        bool paid = false;
        List<string> reminded = [];
        Controller bills = CreateController(o => o.Mapping
            .On("pay", () => { paid = true; })
            .On("remind", (string who) =>
            {
                if (!paid)
                {
                    reminded.Add(who);
                }
            }));
        bills.RunPaused();  // takes nothing by itself
        bills.Post("pay");
        bills.Post("remind", "Ada");

        RecordedEvent? first = await bills.StepAsync();
        Assert.Equal("pay", first?.Key);
        Assert.True(paid);

        await bills.RunUntilIdleAsync();  // the rest, and what that queues; Resume lets it run freely
        Assert.Empty(reminded);
    }
    // </snippet>
}
