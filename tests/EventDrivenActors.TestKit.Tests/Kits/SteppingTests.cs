using EventDrivenActors.TestSupport;

namespace EventDrivenActors.TestKit.Tests.Kits;

public sealed class SteppingTests : ControllerTestKit
{
    private readonly List<object?> _ran = [];

    [Fact]
    public async Task PausedController_RunsOneEventAStep()
    {
        Controller controller = CreateController(options =>
            options.Mapping.On("note", session => _ran.Add(session.Value))
        );
        controller.RunPaused();
        controller.PostMany("note", 1, 2, 3);
        await QuietAsync();
        Assert.Empty(_ran);

        RecordedEvent? first = await controller.StepAsync();
        Assert.Equal([1], _ran);
        Assert.Equal(1, first?.Value);
        await controller.StepAsync();
        Assert.Equal([1, 2], _ran);

        controller.Resume();
        await QuietAsync();
        Assert.Equal([1, 2, 3], _ran);
    }

    [Fact]
    public async Task Step_OfAHandlerThatWaits_EndsThere()
    {
        Gate gate = new();
        Controller controller = CreateController(options =>
            options.Mapping.On("wait", gate.PassAsync).On("note", session => _ran.Add(session.Value))
        );
        controller.RunPaused();
        Pending waiting = controller.Dispatch("wait");
        controller.Post("note", 1);

        RecordedEvent? step = await controller.StepAsync();
        Assert.Equal(PendingStatus.Running, step?.Status);
        Assert.Contains(
            "StepAsync",
            (await Assert.ThrowsAsync<InvalidOperationException>(controller.StepAsync)).Message
        );

        gate.Open();
        await waiting.Guarded();
        await controller.StepAsync();
        Assert.Equal([1], _ran);
    }

    [Fact]
    public async Task Step_WithNothingQueued_IsRefused()
    {
        Controller controller = CreateController(options => options.Name = "orders");
        controller.RunPaused();

        Assert.StartsWith(
            "The controller 'orders' has no event queued",
            (await Assert.ThrowsAsync<InvalidOperationException>(controller.StepAsync)).Message
        );
    }

    [Fact]
    public async Task Step_OfARunningController_IsRefused()
    {
        Controller controller = CreateController();
        controller.Run();

        Assert.Contains(
            "RunPaused",
            (await Assert.ThrowsAsync<InvalidOperationException>(controller.StepAsync)).Message
        );
    }

    [Fact]
    public async Task RunUntilIdle_RunsWhatIsQueuedAndWhatThatQueues()
    {
        Controller controller = CreateController(options =>
            options.Mapping.On(
                "count",
                (Session session, int left) =>
                {
                    if (left > 0)
                    {
                        session.Self.Post("count", left - 1);
                    }
                }
            )
        );
        controller.RunPaused();
        controller.Post("count", 3);

        IReadOnlyList<RecordedEvent> ran = await controller.RunUntilIdleAsync();

        Assert.Equal([3, 2, 1, 0], ran.Select(one => one.Value));
        Assert.Equal(ControllerState.Suspended, controller.State);
    }

    [Fact]
    public async Task PausedPool_RunsOneEventAStep()
    {
        ControllerPool pool = CreatePool(2, options => options.Mapping.On("note", session => _ran.Add(session.Value)));
        pool.RunPaused();
        pool.PostMany("note", 1, 2, 3);

        await pool.StepAsync();
        Assert.Equal([1], _ran);
        await pool.RunUntilIdleAsync();
        Assert.Equal([1, 2, 3], _ran);
    }

    [Fact]
    public async Task FailingEvent_ThenItsErrorEvent_AreTwoSteps()
    {
        Controller controller = CreateController(options =>
            options
                .Mapping.On("bad", _ => throw new TestFailureException())
                .On(ControllerEvents.Error, (_, error) => _ran.Add(error.Event))
        );
        controller.RunPaused();
        controller.Post("bad");

        Assert.IsType<TestFailureException>((await controller.StepAsync())?.Exception);
        Assert.Empty(_ran);
        Assert.Null(await controller.StepAsync());
        Assert.Equal(["bad"], _ran);
    }
}
