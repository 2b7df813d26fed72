namespace EventDrivenActors.TestKit.Tests.Cookbook;

public sealed class ExpectEvents : ControllerTestKit
{
    // <snippet>
    [Fact]
    public async Task Order_IsPackedBeforeItIsSent()
    {
        EventKey<string> packed = new("packed");
        Controller orders = CreateController(o => o.Mapping
            .On("ordered", session => session.Self.Post(packed, "tea"))
            .On(packed, (session, what) => session.Self.Post("sent", what))
            .On("sent", () => { }));
        EventProbe taken = CreateEventProbe(orders);                    // what it takes; give keys to hear only those
        EventProbe dispatched = CreateOutboundProbe(orders);            // what its handlers dispatch, to any controller
        orders.Run();

        orders.Post("ordered");

        await taken.ExpectEventAsync("ordered");                        // the next event
        string what = await taken.ExpectEventAsync(packed);             // its value, by the type of its key
        await dispatched.ExpectEventsInOrderAsync(packed, "sent");      // the next events, with none between them
        RecordedEvent sent = await taken.FishForEventAsync("sent");     // passes over others
        Assert.Equal((what, PendingStatus.Completed), (sent.Value, sent.Status));
    }
    // </snippet>
}
