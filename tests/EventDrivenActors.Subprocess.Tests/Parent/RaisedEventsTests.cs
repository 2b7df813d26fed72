using EventDrivenActors.Subprocess.Parent;
using EventDrivenActors.TestSupport;
using EventDrivenActors.Wire.Channel;
using EventDrivenActors.Wire.Payloads;
using EventDrivenActors.Wire.Protocol;

namespace EventDrivenActors.Subprocess.Tests.Parent;

public sealed class RaisedEventsTests : IAsyncLifetime
{
    private readonly EventRuntime _runtime = EventRuntime.Create();
    private readonly Journal<int> _handled = new();
    private readonly Journal<(long Taken, bool Full)> _told = new();
    private readonly Journal<string> _refused = new();
    private readonly Journal<int> _waiting = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _runtime.DisposeAsync().AsTask().Guarded();

    [Fact]
    public async Task Events_ThatFindTheQueueFull_WaitInOrder_AndTheChildIsTold()
    {
        (Controller controller, RaisedEvents raised) = Make(capacity: 2);
        for (int number = 0; number < 10; number++)
        {
            raised.Add("up", Payload(number));
        }

        Assert.Equal([(2, true)], _told.Entries);
        Assert.Equal(8, _waiting.Entries.Sum());

        controller.Run();

        Assert.Equal(Enumerable.Range(0, 10), await _handled.WaitForAsync(10));
        Assert.Equal((10, false), (await _told.WaitForAsync(2))[^1]);
        await _waiting.WaitForAsync(16);
        Assert.Equal(0, _waiting.Entries.Sum());
        Assert.Empty(_refused.Entries);
    }

    [Fact]
    public void Child_ThatRaisesMoreThanItMay_BreaksARule()
    {
        (_, RaisedEvents raised) = Make(capacity: 1);
        for (int number = 0; number <= RaiseWindow.Most; number++)
        {
            raised.Add("up", Payload(number));
        }

        Assert.Throws<LinkProtocolException>(() => raised.Add("up", Payload(0)));
    }

    [Fact]
    public void Child_IsToldNowAndThen_WhatWasTaken()
    {
        (_, RaisedEvents raised) = Make(capacity: null);
        for (int number = 1; number < RaiseWindow.Told; number++)
        {
            raised.Add("up", Payload(number));
        }

        Assert.Empty(_told.Entries);
        raised.Lost();
        Assert.Equal([(RaiseWindow.Told, false)], _told.Entries);
    }

    [Fact]
    public async Task Events_ThatStillWaitWhenTheControllerEnds_AreLogged()
    {
        (Controller controller, RaisedEvents raised) = Make(capacity: 1);
        raised.Add("up", Payload(1));
        raised.Add("up", Payload(2));

        await controller.ShutdownAsync(ShutdownMode.Finish).Guarded();

        Assert.StartsWith("up", (await _refused.WaitForAsync(1))[0]);
    }

    private static EventPayload Payload(int number) => new("up", null, [number], []);

    private (Controller Controller, RaisedEvents Raised) Make(int? capacity)
    {
        Controller controller = _runtime.CreateController(options =>
        {
            options.Capacity = capacity;
            options.Mapping.On("up", (int number) => _handled.Add(number));
        });
        return (
            controller,
            new RaisedEvents(
                controller,
                (key, reason) => _refused.Add($"{key} {reason}"),
                (taken, full) =>
                {
                    _told.Add((taken, full));
                    return true;
                },
                _waiting.Add
            )
        );
    }
}
