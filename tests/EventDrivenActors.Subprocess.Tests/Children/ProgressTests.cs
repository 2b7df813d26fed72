using EventDrivenActors.Subprocess.Testing;
using EventDrivenActors.TestKit;
using EventDrivenActors.TestSupport;

namespace EventDrivenActors.Subprocess.Tests.Children;

/// <summary>Reports of handlers in a child.</summary>
public sealed class ProgressTests : ChildTest
{
    [Fact]
    public async Task Reports_CrossInOrder_AndBeforeTheEventSettles()
    {
        Controller controller = Start();
        Heard heard = new();

        await controller.Dispatch("count-to", 50, options: new EventOptions().WithProgress(heard)).Guarded();

        Assert.Equal(Enumerable.Range(0, 50), heard.Values.Entries);
    }

    [Fact]
    public async Task FloodOfReports_IsThinned_AndTheLastArrives()
    {
        Controller controller = Start();
        Heard heard = new();
        await controller.Dispatch("count-to", 100_000, options: new EventOptions().WithProgress(heard)).Guarded();

        int[] values = [.. heard.Values.Entries];
        Assert.Equal(values.Order().Distinct(), values);
        Assert.Equal(99_999, values[^1]);
        Assert.True(values.Length < 100_000);
    }

    [Fact]
    public async Task ProgressThatBlocks_HoldsUpItsOwnEventOnly()
    {
        Controller controller = Start();
        Gate gate = new();
        Heard heard = new(gate);
        Pending slow = controller.Dispatch("count-to", 3, options: new EventOptions().WithProgress(heard));
        await gate.Entered;

        Assert.Equal([1], await controller.Dispatch("echo", 1).Guarded());
        Assert.False(slow.IsSettled);
        gate.Open();

        await slow.Guarded();
        Assert.Equal([0, 1, 2], heard.Values.Entries);
    }

    /// <summary>The clock of the controller stands still: nothing but the death itself settles the event.</summary>
    [Fact]
    public async Task ProgressThatBlocks_DoesNotHoldUpTheDeathOfItsChild()
    {
        await using EventRuntime runtime = EventRuntime.Create(options => options.TimeProvider = new VirtualTime());
        SubprocessAdapter child = null!;
        Controller controller = runtime.CreateController(options =>
            child = options.AddSubprocess(s =>
            {
                s.RunInProcess();
                s.Mapping.On("report-and-wait", ReportAndWaitAsync);
            })
        );
        controller.Run();
        Gate gate = new();
        Pending lost = controller.Dispatch(
            "report-and-wait",
            options: new EventOptions().WithProgress(new Heard(gate))
        );
        await gate.Entered;

        child.Kill();

        Assert.Equal(PendingStatus.ChildLost, await lost.StatusAsync());
        gate.Open();
        await controller.ShutdownAsync(ShutdownMode.Abort).Guarded();
    }

    /// <summary>
    /// No child is started again, and the controller fails while the reports of two events are still being heard.
    /// </summary>
    [Fact]
    public async Task ProgressThatBlocks_HidesNotHowItsEventEnded_WhenTheControllerFails()
    {
        Controller controller = Harness.Start(child =>
        {
            child.Mapping.On("count-to", CountTo).On("report-and-wait", ReportAndWaitAsync);
            child.RunInProcess();
            child.Restart.MaxRestarts = 0;
        });
        Gate[] gates = [new(), new()];
        Pending ended = controller.Dispatch(
            "count-to",
            1,
            options: new EventOptions().WithProgress(new Heard(gates[0]))
        );
        Pending lost = controller.Dispatch(
            "report-and-wait",
            options: new EventOptions().WithProgress(new Heard(gates[1]))
        );
        await Task.WhenAll(gates.Select(gate => gate.Entered));

        Harness.Child.Kill();

        Assert.Equal(PendingStatus.Completed, await ended.StatusAsync());
        ChildLostException failure = await Assert.ThrowsAsync<ChildLostException>(() => lost.Guarded());
        Assert.Contains("'report-and-wait'", failure.Message);
        Assert.True(failure.Started);
        Assert.All(gates, gate => gate.Open());
        await controller.WaitAsync().Guarded();
        Assert.Equal(ControllerState.Failed, controller.State);
    }

    private static Task ReportAndWaitAsync(Session session)
    {
        session.Report(1);
        return new TaskCompletionSource().Task;
    }

    [Fact]
    public async Task Report_ThatMayNotCross_FaultsItsEventAndNamesTheType()
    {
        Controller controller = Start();
        Heard heard = new();

        RemoteHandlerException failure = await Assert.ThrowsAsync<RemoteHandlerException>(() =>
            controller.Dispatch("report-unlisted", options: new EventOptions().WithProgress(heard)).Guarded()
        );

        Assert.Contains(nameof(Unlisted), failure.Message);
        Assert.Equal([1], await controller.Dispatch("echo", 1).Guarded());
    }

    private static void CountTo(Session session)
    {
        for (int number = 0; number < (int)session.Value!; number++)
        {
            session.Report(number);
        }
    }

    private static void ReportUnlisted(Session session) => session.Report(new Unlisted(1));

    private Controller Start() =>
        Harness.Start(child =>
        {
            child.Mapping.On("count-to", CountTo).On("report-unlisted", ReportUnlisted);
            child.RunInProcess();
        });

    private sealed class Heard(Gate? gate = null) : IProgress<int>
    {
        public Journal<int> Values { get; } = new();

        public void Report(int value)
        {
            gate?.PassAsync().GetAwaiter().GetResult();
            Values.Add(value);
        }
    }
}
