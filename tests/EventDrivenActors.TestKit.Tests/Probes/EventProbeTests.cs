using EventDrivenActors.TestSupport;
using Xunit.Sdk;

namespace EventDrivenActors.TestKit.Tests.Probes;

public sealed class EventProbeTests : ControllerTestKit
{
    private static readonly EventKey<int> Paid = new("paid");
    private static readonly EventKey<string, int> Measure = new("measure");
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(50);
    private readonly Controller _orders;
    private readonly Controller _mails;

    public EventProbeTests()
    {
        _mails = CreateController(options =>
        {
            options.Name = "mails";
            options.Mapping.On("mail", () => 1);
        });
        _orders = CreateController(options =>
        {
            options.Name = "orders";
            options
                .Mapping.On("placed", () => 1)
                .On(Paid, (session, value) => _mails.Post("mail", $"paid {value}"))
                .On(Measure, (_, text) => text.Length)
                .On("slow", () => Task.Delay(TimeSpan.FromMinutes(1), Time));
        });
        _mails.Run();
        _orders.Run();
    }

    [Fact]
    public async Task ExpectedEvents_GiveTheirValues()
    {
        EventProbe probe = CreateEventProbe(_orders);
        _orders.Post("placed", 1);
        _orders.Post(Paid, 2);
        _ = _orders.Dispatch(Measure, "four");

        Assert.Equal(1, await probe.ExpectEventAsync<int>("placed"));
        Assert.Equal(2, await probe.ExpectEventAsync(Paid));
        Assert.Equal("four", await probe.ExpectEventAsync(Measure));
        Assert.Equal(["placed", "paid", "measure"], probe.Heard.Select(heard => heard.Key));
    }

    [Fact]
    public async Task ExpectedEvent_IsGivenWhenAllThatFollowsHasHappened()
    {
        EventProbe probe = CreateEventProbe(_orders);
        EventProbe mails = CreateEventProbe(_mails);
        _orders.Post(Paid, 2);

        RecordedEvent paid = await probe.ExpectEventAsync((object)Paid);

        Assert.Equal(PendingStatus.Completed, paid.Status);
        Assert.Equal("paid 2", Assert.Single(mails.Heard).Value);
    }

    [Fact]
    public async Task AnotherEvent_IsShownWithWhatCameBefore()
    {
        EventProbe probe = CreateEventProbe(_orders);
        _orders.Post("placed", 1);

        XunitException failure = await Assert.ThrowsAsync<XunitException>(() => probe.ExpectEventAsync(Paid));

        Assert.StartsWith(
            "Expected the event 'paid' next among those that 'orders' takes, but 'placed' came instead: 00:00:00 "
                + "orders: placed(1)",
            failure.Message
        );
        Assert.Contains("'orders' is Running", failure.Message);
    }

    [Fact]
    public async Task NoEvent_IsSaidWithTheLastOnes()
    {
        await _orders.Dispatch("placed", 1).Guarded();
        EventProbe probe = CreateEventProbe(_orders);

        XunitException failure = await Assert.ThrowsAsync<XunitException>(() => probe.ExpectEventAsync(Paid, Soon));

        Assert.StartsWith(
            "Expected the event 'paid' among those that 'orders' takes, but none came within 0.05 s.",
            failure.Message
        );
        Assert.Contains("orders: placed(1) Completed [1]", failure.Message);
    }

    [Fact]
    public async Task Timeout_MayBeTenYearsOrInfinite()
    {
        EventProbe probe = CreateEventProbe(_orders);
        _orders.Post(Paid, 1);
        _orders.Post(Paid, 2);
        _orders.Post(Paid, 3);

        Assert.Equal(1, await probe.ExpectEventAsync(Paid, TimeOption.Longest));
        Assert.Equal(2, await probe.ExpectEventAsync(Paid, Timeout.InfiniteTimeSpan));
        Assert.Equal(3, await probe.FishForEventAsync(Paid, TimeOption.Longest));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(long.MinValue)]
    [InlineData(long.MaxValue)]
    public async Task Timeout_OutOfTheRange_IsRefused(long ticks)
    {
        TimeSpan wrong = TimeSpan.FromTicks(ticks);
        EventProbe probe = CreateEventProbe(_orders);
        async Task IsRefusedAsync(Func<Task> wait) =>
            Assert.Contains(
                "100 ns to 10 years",
                (await Assert.ThrowsAsync<ArgumentOutOfRangeException>(wait)).Message
            );

        await IsRefusedAsync(() => probe.ExpectEventAsync((object)Paid, wrong));
        await IsRefusedAsync(() => probe.ExpectEventAsync(Paid, wrong));
        await IsRefusedAsync(() => probe.ExpectEventAsync(Measure, wrong));
        await IsRefusedAsync(() => probe.FishForEventAsync((object)Paid, wrong));
        await IsRefusedAsync(() => probe.FishForEventAsync(Paid, wrong));
        await IsRefusedAsync(() => probe.FishForEventAsync(_ => true, wrong));
    }

    [Fact]
    public async Task ValueOfAnotherType_IsNamed()
    {
        EventProbe probe = CreateEventProbe(_orders);
        _orders.Post("placed", "text");

        XunitException failure = await Assert.ThrowsAsync<XunitException>(() => probe.ExpectEventAsync<int>("placed"));

        Assert.StartsWith(
            "Expected the event 'placed' to have a value of type Int32, but it is String",
            failure.Message
        );
    }

    [Fact]
    public async Task EventsInOrder_OfTheKeysHeard()
    {
        EventProbe probe = CreateEventProbe(_orders, "placed", Paid);
        _orders.Post("placed");
        _ = _orders.Dispatch(Measure, "not heard");
        _orders.Post(Paid, 1);

        await probe.ExpectEventsInOrderAsync("placed", Paid);

        _orders.Post(Paid, 1);
        _orders.Post("placed");
        XunitException failure = await Assert.ThrowsAsync<XunitException>(() =>
            probe.ExpectEventsInOrderAsync("placed", Paid)
        );
        Assert.StartsWith(
            "Expected the events 'placed', 'paid' in this order among those that 'orders' takes, but 'paid' came.",
            failure.Message
        );
    }

    [Fact]
    public async Task NoFurtherEvent_IsKnownOnceTheLoopsAreQuiet()
    {
        EventProbe mails = CreateEventProbe(_mails);
        _orders.Post("placed");
        await mails.ExpectNoEventAsync();

        _orders.Post(Paid, 1);
        XunitException failure = await Assert.ThrowsAsync<XunitException>(mails.ExpectNoEventAsync);

        Assert.StartsWith(
            "Expected no further event among those that 'mails' takes, but 'mail' came: 00:00:00 mails: mail(paid 1)",
            failure.Message
        );
    }

    [Fact]
    public async Task Fishing_PassesOverOthers()
    {
        EventProbe probe = CreateEventProbe(_orders);
        _orders.Post("placed");
        _orders.Post(Paid, 1);
        _orders.Post(Paid, 2);
        _orders.Post("placed", 3);

        Assert.Equal(1, await probe.FishForEventAsync(Paid));
        Assert.Equal(3, (await probe.FishForEventAsync(one => one.Value is 3)).Value);
        XunitException failure = await Assert.ThrowsAsync<XunitException>(() =>
            probe.FishForEventAsync("placed", Soon)
        );
        Assert.StartsWith(
            "Expected the event 'placed' among those that 'orders' takes, but none came within 0.05 s.",
            failure.Message
        );
    }

    [Fact]
    public async Task OutboundProbe_HearsWhatHandlersDispatch()
    {
        EventProbe probe = CreateOutboundProbe(_orders);
        _mails.Post("mail", "from the test");
        _orders.Post(Paid, 7);

        RecordedEvent sent = await probe.ExpectEventAsync("mail");

        Assert.Equal(("paid 7", "paid"), (sent.Value, sent.Cause));
        Assert.Same(_mails, sent.Controller);
        Assert.Same(_orders, sent.From);
        await probe.ExpectNoEventAsync();
    }

    [Fact]
    public async Task PoolsProbe_HearsAllItsWorkers()
    {
        ControllerPool pool = CreatePool(3, options => options.Mapping.On("pack", (int number) => number));
        EventProbe probe = CreateEventProbe(pool);
        pool.Run();
        pool.PostMany("pack", 1, 2, 3, 4);

        await QuietAsync();

        Assert.Equal([1, 2, 3, 4], probe.Heard.Select(heard => heard.Value).Order());
    }

    [Fact]
    public async Task HandlerThatWaitsForTime_DoesNotKeepTheExpectation()
    {
        EventProbe probe = CreateEventProbe(_orders);
        _orders.Post("slow");

        Assert.Equal(PendingStatus.Running, (await probe.ExpectEventAsync("slow")).Status);
    }

    [Fact]
    public async Task ControllerOfAnotherRuntime_IsRefused()
    {
        await using EventRuntime other = EventRuntime.For(Sys);

        Assert.Contains(
            "'stranger'",
            Assert
                .Throws<ArgumentException>(() =>
                    CreateEventProbe(other.CreateController(options => options.Name = "stranger"))
                )
                .Message
        );
    }

    [Fact]
    public async Task AkkasOwnProbes_WorkBesideIt()
    {
        _orders.Ref.Tell(new ControllerEvent(Measure, "four"), TestActor);

        Assert.Equal([4], await ExpectMsgAsync<IReadOnlyList<object?>>());
    }
}
