using EventDrivenActors.Subprocess.Launching;
using EventDrivenActors.TestSupport;

namespace EventDrivenActors.Subprocess.Tests.Children;

/// <summary>
/// A crash costs the events that ran in the child, and none of those that it had been sent beside them.
/// </summary>
public sealed class CrashTests : ChildTest
{
    private const int SigStop = 19;

    [Fact]
    public async Task Crash_OfTheOnlyWorker_CostsItsEvent_AndTheNextChildTakesTheRestInOrder()
    {
        Controller controller = Harness.Start();
        await ProcessOfAsync(controller);
        Pending crash = controller.Dispatch("exit", 3);
        Pending[] behind = [.. Enumerable.Range(1, 200).Select(number => controller.Dispatch("mark", number))];

        ChildLostException lost = await Assert.ThrowsAsync<ChildLostException>(() => crash.Guarded());

        Assert.Equal((3, true), (lost.ExitCode, lost.Started));
        await Task.WhenAll(behind.Select(pending => pending.Guarded()));
        Assert.Equal(Enumerable.Range(1, 200), await MarksAsync(controller));
        Assert.Equal(1, Harness.Child.Restarts);
    }

    [Fact]
    public async Task Crash_OfOneOfSeveralWorkers_CostsWhatTheyRan_AndNothingElse()
    {
        Controller controller = Harness.Start(child =>
        {
            child.Workers = 3;
            child.Mapping.On("hold-then-exit", HoldThenExitAsync);
        });
        await ProcessOfAsync(controller);
        Pending[] running = [controller.Dispatch("hold"), controller.Dispatch("hold")];
        await Harness.Said.WaitForAsync(2);
        Pending crash = controller.Dispatch("hold-then-exit");
        await Harness.HeardAsync("leaving soon");
        Pending[] behind = [.. Enumerable.Range(0, 50).Select(_ => controller.Dispatch("attempt"))];

        foreach (Pending lost in running.Append(crash))
        {
            Assert.True((await Assert.ThrowsAsync<ChildLostException>(() => lost.Guarded())).Started);
        }

        foreach (Pending one in behind)
        {
            Assert.Equal([1], await one.Guarded());
        }
    }

    [Fact]
    public async Task CrashesBesideIt_CostAnIdempotentEventNoAttempt()
    {
        Controller controller = Harness.Start(child =>
        {
            child.Idempotent("attempt");
            child.MaxAttempts = 1;
        });
        await ProcessOfAsync(controller);
        Pending[] crashes = [.. Enumerable.Range(1, 4).Select(code => controller.Dispatch("exit", code))];
        Pending innocent = controller.Dispatch("attempt");

        Assert.Equal([1], await innocent.Guarded());
        foreach (Pending crash in crashes)
        {
            Assert.Equal(PendingStatus.ChildLost, await crash.StatusAsync());
        }

        Assert.Equal(4, Harness.Child.Restarts);
    }

    [Fact]
    public async Task Crash_InAPool_CostsNoEventOfItsNeighbours()
    {
        ControllerPool pool = Harness.StartPool(2, child => child.MaxInFlight = 10);
        Pending[] all =
        [
            .. Enumerable
                .Range(0, 60)
                .Select(number => number is 10 or 30 ? pool.Dispatch("exit", number) : pool.Dispatch("echo", number)),
        ];

        for (int number = 0; number < all.Length; number++)
        {
            PendingStatus status = await all[number].StatusAsync();
            if (number is 10 or 30)
            {
                Assert.Equal(PendingStatus.ChildLost, status);
                Assert.True(((ChildLostException)all[number].Exception!).Started);
            }
            else
            {
                Assert.Equal([number], await all[number].Guarded());
            }
        }
    }

    [Fact]
    public async Task CancelledEvents_OfAChildThatDies_AreCancelled_AndTheOthersGoToTheNext()
    {
        Controller controller = Harness.Start(child => child.Idempotent("attempt"));
        int process = await ProcessOfAsync(controller);
        Pending held = controller.Dispatch("hold");
        await Harness.HeardAsync("holding");
        Pending[] behind =
        [
            .. Enumerable.Range(0, 20).Select(number => controller.Dispatch(number % 2 == 0 ? "attempt" : "process")),
        ];

        // It cannot answer: what it was sent stays open until it is dead.
        Native.Kill(process, SigStop);
        foreach (Pending cancelled in behind[..10])
        {
            cancelled.Cancel();
        }

        Native.Kill(process, Native.SigKill);

        Assert.Equal(PendingStatus.ChildLost, await held.StatusAsync());
        foreach (Pending cancelled in behind[..10])
        {
            Assert.Equal(PendingStatus.Cancelled, await cancelled.StatusAsync());
        }

        foreach (Pending other in behind[10..])
        {
            Assert.Equal(PendingStatus.Completed, await other.StatusAsync());
        }
    }

    [Fact]
    public async Task ChildThatIsKilledAgainAndAgain_LosesNoEventThatItHadNotStarted()
    {
        Controller controller = Harness.Start(child =>
        {
            child.MaxInFlight = 20;
            child.Restart.MaxRestarts = 1_000;
            child.Restart.MaxDelay = TimeSpan.FromMilliseconds(1);
            child.Mapping.On("work", WorkAsync);
        });
        await ProcessOfAsync(controller);
        Pending[] all = [.. Enumerable.Range(0, 400).Select(number => controller.Dispatch("work", number))];
        for (int number = 0; number < all.Length; number++)
        {
            PendingStatus status = await all[number].StatusAsync();
            Assert.True(
                status == PendingStatus.Completed || ((ChildLostException)all[number].Exception!).Started == true,
                $"{status}"
            );
            if (number % 50 == 40)
            {
                Harness.Child.Kill();
            }
        }

        // What had ended without its result having come is lost too, and never runs again.
        string[] ran = [.. Harness.Said.Entries.Where(line => line.StartsWith("work ", StringComparison.Ordinal))];
        Assert.Equal(ran.Distinct(), ran);
    }

    private static async Task HoldThenExitAsync()
    {
        Console.WriteLine("leaving soon");
        await Task.Yield();
        Environment.Exit(9);
    }

    private static async Task<int> WorkAsync(int number)
    {
        Console.WriteLine($"work {number}");
        await Task.Yield();
        return number;
    }
}
