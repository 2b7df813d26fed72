using Akka.Event;
using EventDrivenActors.Subprocess.Launching;
using EventDrivenActors.Subprocess.Remoting;
using EventDrivenActors.Subprocess.Tests.Launching;
using EventDrivenActors.TestSupport;

namespace EventDrivenActors.Subprocess.Tests.Children;

/// <summary>P14: a time-out depends neither on the thread pool of the child nor on its running at all.</summary>
public sealed class StarvedChildTests()
    : ChildTest("heartbeat { interval = 50ms, unresponsive-after = 500ms, kill-after = 1h }")
{
    private const int SigContinue = 18;
    private static readonly EventOptions Short = new() { Timeout = TimeSpan.FromMilliseconds(200) };

    [Fact]
    public async Task Handler_ThatStarvesTheChildsPool_TimesOut_AndTheLogSaysThatThePoolStands()
    {
        Journal<string> told = new();
        LogTap.Attach(
            Harness.Runtime.System,
            log =>
            {
                if (
                    log is Warning
                    && log.Message.ToString()!.Contains("its thread pool has taken no work", StringComparison.Ordinal)
                )
                {
                    told.Add(log.Message.ToString()!);
                }
            }
        );
        Controller controller = Harness.Start(child => child.Mapping.On("starve", Starve));
        int process = await ProcessOfAsync(controller);
        Pending starving = controller.Dispatch("starve", options: Short);

        Assert.Equal(PendingStatus.TimedOut, await starving.StatusAsync());
        Assert.Contains($"'{process}'", (await told.WaitForAsync(1))[0]);

        Assert.Equal((process, 0), (Harness.Child.ProcessId, Harness.Child.Restarts));
        Assert.False(controller.IsIdle);
        await controller.ShutdownAsync(ShutdownMode.Abort).Guarded();
    }

    [Fact]
    public async Task Handler_ThatStarvesTheChildsPool_CostsTheChildItsLife_WhereTimeOutsKill()
    {
        Controller controller = Harness.Start(child =>
        {
            child.Mapping.On("starve", Starve);
            child.KillOnTimeout = true;
            child.KillGrace = TimeSpan.FromMilliseconds(50);
        });
        int process = await ProcessOfAsync(controller);
        Pending starving = controller.Dispatch("starve", options: Short);

        Assert.Equal(PendingStatus.TimedOut, await starving.StatusAsync());

        await ReplacedAsync(Harness.Child);
        Assert.NotEqual(process, await ProcessOfAsync(controller));
    }

    [Fact]
    public async Task StoppedChild_DoesNotKeepATimeOutFromSettling_AndItsLateWordsDoNoHarm()
    {
        Controller controller = Harness.Start(child => child.Mapping.On("obey", ObeyAsync));
        int process = await ProcessOfAsync(controller);
        Pending late = controller.Dispatch("obey", options: new EventOptions { Timeout = TimeSpan.FromSeconds(2) });
        await Harness.HeardAsync("obeying");

        await Processes.StopAsync(process);
        Assert.Equal(PendingStatus.TimedOut, await late.StatusAsync());
        Native.Kill(process, SigContinue);

        Assert.Equal(process, await ProcessOfAsync(controller));
        await controller.WaitForIdleAsync().Guarded();
        Assert.Equal(0, Harness.Child.Restarts);
    }

    private static void Starve()
    {
        for (int i = 0; i < 500; i++)
        {
            ThreadPool.UnsafeQueueUserWorkItem(static _ => Stand(), null);
        }

        Stand();
    }

    private static void Stand()
    {
        using ManualResetEventSlim never = new();
        never.Wait();
    }

    private static async Task ObeyAsync(Session session)
    {
        Console.WriteLine("obeying");
        await Task.Delay(Timeout.Infinite, session.CancellationToken)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
