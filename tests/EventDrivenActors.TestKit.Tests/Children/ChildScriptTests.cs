using EventDrivenActors.TestSupport;

namespace EventDrivenActors.TestKit.Tests.Children;

public sealed class ChildScriptTests : ControllerTestKit
{
    private static readonly EventKey<int, int> Double = new("double");
    private static readonly EventKey<int, int> Safe = new("safe");
    private readonly Controller _controller;
    private ChildScript _child = null!;

    public ChildScriptTests()
    {
        _controller = CreateController(options =>
            options.AddSubprocess(child =>
            {
                _child = child.RunInProcess(this);
                child.Mapping.On(Double, Twice).On(Safe, Twice);
                child.Idempotent(Safe);
                child.EventTimeout = TimeSpan.FromMinutes(1);
                child.KillOnTimeout = true;
            })
        );
        _controller.Run();
    }

    [Fact]
    public async Task Event_RunsInTheTestsOwnProcess()
    {
        Assert.Equal(4, await _controller.Dispatch(Double, 2).Guarded());
        Assert.Equal(Environment.ProcessId, await _controller.Submit(ProcessOf).Guarded());
        Assert.Throws<PayloadRefusedException>(() => _controller.Dispatch("double", this));
    }

    [Fact]
    public async Task DieAfter_GivesTheResultsUpToThere_AndTheNextChildTheRest()
    {
        _child.DieAfter(3);
        Pending<int>[] pendings = [.. Enumerable.Range(0, 4).Select(number => _controller.Dispatch(Double, number))];

        int[] results = await Time.DriveAsync(Task.WhenAll(pendings.Select(pending => pending.AsTask())));

        Assert.Equal([0, 2, 4, 6], results);
        Assert.Equal(8, await Time.DriveAsync(_controller.Dispatch(Double, 4)));
        Assert.Equal(2, _child.Started);
    }

    [Fact]
    public async Task DieBeforeTheResult_LosesTheEvent()
    {
        _child.DieBefore(ChildStep.Result);

        ChildLostException lost = await Assert.ThrowsAsync<ChildLostException>(() =>
            Time.DriveAsync(_controller.Dispatch(Double, 1))
        );

        Assert.True(lost.Started);
    }

    [Fact]
    public async Task DieBeforeTheResult_OfAnIdempotentEvent_IsMadeGoodByTheNextChild()
    {
        _child.DieBefore(ChildStep.Result);

        Assert.Equal(2, await Time.DriveAsync(_controller.Dispatch(Safe, 1)));
        Assert.Equal(2, _child.Started);
    }

    [Fact]
    public async Task IdempotentEvent_ThatKillsEveryChild_IsPoisoned()
    {
        for (int i = 0; i < 3; i++)
        {
            _child.DieBefore(ChildStep.Result);
        }

        await Assert.ThrowsAsync<PoisonedEventException>(() => Time.DriveAsync(_controller.Dispatch(Safe, 1)));
    }

    [Fact]
    public async Task StallBeforeTheResult_IsEndedByTheTimeOut()
    {
        await _controller.Dispatch(Double, 1).Guarded();
        _child.StallBefore(ChildStep.Result);
        Pending<int> pending = _controller.Dispatch(Double, 1);

        Assert.Equal(PendingStatus.TimedOut, await Time.DriveAsync(pending.SettledAsync()));
        Assert.IsType<EventTimeoutException>(pending.Exception);
        Assert.Equal(4, await Time.DriveAsync(_controller.Dispatch(Double, 2)));
    }

    [Fact]
    public async Task LostResult_IsEndedByTheTimeOut()
    {
        _child.Lose(ChildStep.Result);
        Pending<int> pending = _controller.Dispatch(Double, 1);

        Assert.Equal(PendingStatus.TimedOut, await Time.DriveAsync(pending.SettledAsync()));
        Assert.NotNull(pending.Exception);
    }

    [Fact]
    public async Task FailToStart_IsTriedAgain()
    {
        await _controller.Dispatch(Double, 1).Guarded();
        _child.FailToStart(2);
        _child.Kill();

        Assert.Equal(4, await Time.DriveAsync(_controller.Dispatch(Safe, 2)));
        Assert.Equal(4, _child.Started);
    }

    [Fact]
    public async Task WarmSpare_TakesOverInNoTime()
    {
        ChildScript child = null!;
        Controller controller = CreateController(options =>
            options.AddSubprocess(made =>
            {
                child = made.RunInProcess(this);
                made.Mapping.On(Double, Twice);
                made.WarmSpare = true;
            })
        );
        controller.Run();
        await QuietAsync();
        Assert.Equal(2, child.Started);
        child.DieBefore(ChildStep.Result);

        await Assert.ThrowsAsync<ChildLostException>(() => controller.Dispatch(Double, 1).Guarded());

        Assert.Equal(4, await controller.Dispatch(Double, 2).Guarded());
        Assert.Equal(TimeSpan.Zero, Time.GetElapsedTime(0));
    }

    [Fact]
    public async Task PoolsWorkers_HaveAScriptEach()
    {
        List<ChildScript> children = [];
        ControllerPool pool = CreatePool(
            2,
            options =>
                options.AddSubprocess(made =>
                {
                    children.Add(made.RunInProcess(this));
                    made.Mapping.On(Double, Twice);
                })
        );
        pool.Run();
        children[0].DieBefore(ChildStep.Result);
        Pending<int>[] pendings = [.. Enumerable.Range(0, 20).Select(number => pool.Dispatch(Double, number))];

        await Time.DriveAsync(Task.WhenAll(pendings.Select(pending => pending.SettledAsync())));

        Assert.All(
            pendings,
            pending => Assert.True(pending.Status == PendingStatus.Completed || pending.Exception is ChildLostException)
        );
        Assert.Contains(pendings, pending => pending.Status == PendingStatus.ChildLost);
        Assert.Equal([2, 1], children.Select(child => child.Started));
    }

    [Fact]
    public async Task DaysOfVirtualTime_DoNotMakeALivingChildLookDead()
    {
        await _controller.Dispatch(Double, 1).Guarded();

        await Time.AdvanceAsync(TimeSpan.FromDays(3));

        Assert.Equal(4, await _controller.Dispatch(Double, 2).Guarded());
        Assert.Equal(1, _child.Started);
    }

    private static int Twice(Session session, int number) => 2 * number;

    private static int ProcessOf() => Environment.ProcessId;
}
