using System.Diagnostics.Metrics;
using EventDrivenActors.Subprocess.Testing;
using EventDrivenActors.TestSupport;

namespace EventDrivenActors.Subprocess.Tests.Children;

public sealed class RecyclingTests : ChildTest
{
    [Theory]
    [InlineData(1, false)]
    [InlineData(2, true)]
    public async Task Children_RecycledUnderLoad_LoseNothingAndTakeNoMoreThanTheyMay(int workers, bool spare)
    {
        Controller controller = Harness.Start(child =>
        {
            child.Workers = workers;
            child.WarmSpare = spare;
            child.Recycling.MaxEvents = 50;
            child.Restart.MaxRestarts = 0;
        });
        Pending[] pendings = [.. Enumerable.Range(0, 150).Select(_ => controller.Dispatch("process"))];

        List<int> processes = [];
        foreach (Pending pending in pendings)
        {
            processes.Add((int)(await pending.Guarded())[0]!);
        }

        Assert.Equal([50, 50, 50], processes.GroupBy(process => process).Select(group => group.Count()));
        Assert.Equal(processes, processes.OrderBy(process => processes.IndexOf(process)));
        Assert.Equal(0, Harness.Child.Restarts);
        await ProcessOfAsync(controller);
        await RecycledAsync(3);
    }

    [Fact]
    public async Task SoftLimitOfMemory_LetsTheChildFinish_ThenReplacesIt()
    {
        using Counts ended = new("children.ended");
        long memory = 10;
        Controller controller = Harness.Start(
            child =>
            {
                child.RunInProcess();
                child.MeasureMemory = _ => Interlocked.Read(ref memory);
                child.Recycling.SoftMemoryLimit = 100;
                child.Recycling.MemoryInterval = TimeSpan.FromMilliseconds(10);
            },
            parent => parent.Mapping.On("heard", (string line) => Harness.Said.Add(line))
        );
        Pending held = controller.Dispatch("hold-in-order");
        await Harness.HeardAsync("holding");
        Pending behind = controller.Dispatch("process");

        Interlocked.Exchange(ref memory, 101);
        Assert.Equal(0, Harness.Child.Recycled);
        held.Cancel();

        Assert.Equal(PendingStatus.Completed, await held.StatusAsync());
        Assert.Equal(PendingStatus.Completed, await behind.StatusAsync());
        await RecycledAsync(1);
        Interlocked.Exchange(ref memory, 10);
        Assert.Equal(0, Harness.Child.Restarts);
        await controller.Dispatch("process").Guarded();
        Assert.Contains("RecycledByMemory", ended.Reasons.Entries);
    }

    [Fact]
    public async Task Age_ReplacesAChild()
    {
        Controller controller = Harness.Start(child =>
        {
            child.RunInProcess();
            child.Recycling.MaxAge = TimeSpan.FromMilliseconds(100);
        });

        await RecycledAsync(1);

        await controller.Dispatch("process").Guarded();
        Assert.Equal(0, Harness.Child.Restarts);
    }

    [Fact]
    public async Task ChildWithARemoteObject_IsReplacedOnceThatIsDisposed()
    {
        Controller controller = Harness.Start(child =>
        {
            child.RunInProcess();
            child.Recycling.MaxEvents = 1;
        });
        RemoteObjects.ICounter counter = await Harness
            .Child.CreateRemoteAsync<RemoteObjects.ICounter, RemoteObjects.Counter>(1)
            .Guarded();
        for (int number = 2; number < 6; number++)
        {
            Assert.Equal(number, await counter.AddAndGetAsync(1).Guarded());
            await controller.Dispatch("process").Guarded();
        }

        Assert.Equal(0, Harness.Child.Recycled);

        await ((IRemoteObject)counter).DisposeAsync().AsTask().Guarded();

        await RecycledAsync(1);
        await controller.Dispatch("process").Guarded();
        Assert.Equal(0, Harness.Child.Restarts);
    }

    [Fact]
    public async Task HardLimitOfMemory_KillsAndSaysWhy()
    {
        const int megabyte = 1024 * 1024;
        Controller controller = Harness.Start(child =>
        {
            child.Recycling.HardMemoryLimit = 400L * megabyte;
            child.Recycling.MemoryInterval = TimeSpan.FromMilliseconds(20);
        });
        int process = await ProcessOfAsync(controller);

        ChildLostException lost = await Assert.ThrowsAsync<ChildLostException>(() =>
            controller.Dispatch("hoard", args: [450 * megabyte]).Guarded()
        );

        Assert.Equal((ExitReason.HardMemoryLimit, true, process), (lost.Reason, lost.Started, lost.ProcessId));
        Assert.Contains("hard limit", lost.Message);
        Assert.NotEqual(process, await ProcessOfAsync(controller));
        Assert.Equal((1, 0), (Harness.Child.Restarts, Harness.Child.Recycled));
    }

    private async Task RecycledAsync(int atLeast)
    {
        using CancellationTokenSource guard = new(HangGuard.Limit);
        while (Harness.Child.Recycled < atLeast)
        {
            await Task.Delay(5, guard.Token);
        }
    }

    /// <summary>The reasons that a counter of the meter is tagged with.</summary>
    private sealed class Counts : IDisposable
    {
        private readonly MeterListener _listener = new();

        public Counts(string instrument)
        {
            _listener.InstrumentPublished = (published, listener) =>
            {
                if (published.Meter.Name == "EventDrivenActors" && published.Name == instrument)
                {
                    listener.EnableMeasurementEvents(published);
                }
            };
            _listener.SetMeasurementEventCallback<long>((_, _, tags, _) => Reasons.Add($"{tags[0].Value}"));
            _listener.Start();
        }

        public Journal<string> Reasons { get; } = new();

        public void Dispose() => _listener.Dispose();
    }
}
