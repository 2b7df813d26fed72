namespace EventDrivenActors.Subprocess.Tests.Parent;

public class TimeoutTests
{
    private static readonly TimeSpan HangGuard = TestSupport.HangGuard.Limit;

    [Fact]
    public async Task HandlerThatIgnoresAShortLimit_AfterEventsWithALongOne_CostsTheChildItsLifeInItsOwnTime()
    {
        await using EventRuntime runtime = EventRuntime.Create();
        SubprocessAdapter child = null!;
        Controller controller = runtime.CreateController(o =>
            child = o.AddSubprocess(s =>
            {
                s.Mapping.On("quick", ProcessOf).On("stuck", NeverReturn);
                s.EventTimeout = TimeSpan.FromMinutes(10);
                s.KillOnTimeout = true;
                s.KillGrace = TimeSpan.Zero;
                s.Idempotent("quick");
            })
        );
        controller.Run();

        object? first = (await controller.Dispatch("quick").WaitAsync(HangGuard))[0];
        Pending stuck = controller.Dispatch(
            "stuck",
            options: new EventOptions { Timeout = TimeSpan.FromMilliseconds(50) }
        );
        object? second = (await controller.Dispatch("quick").WaitAsync(HangGuard))[0];

        Assert.Equal(PendingStatus.TimedOut, await stuck.SettledAsync());
        Assert.NotEqual(first, second);
        Assert.Equal(1, child.Restarts);
    }

    private static int ProcessOf() => Environment.ProcessId;

    private static void NeverReturn()
    {
        using ManualResetEventSlim never = new();
        never.Wait();
    }
}
