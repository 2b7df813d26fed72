using EventDrivenActors.TestSupport;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace EventDrivenActors.TestKit.Tests.Kits;

/// <summary>What the kit does when a test has ended.</summary>
public sealed class ControllerTestKitTests : IDisposable
{
    private readonly Output _output = new();
    private ControllerTestKit? _kit;

    public void Dispose() => _kit?.Dispose();

    [Fact]
    public async Task FailedPost_FailsTheTest()
    {
        Controller controller = Start();
        controller.Post("bad", 7);

        XunitException failure = await EndsWithAsync();

        Assert.Contains(nameof(TestFailureException), failure.Message);
        Assert.Contains("'orders' is", failure.Message);
        Assert.Contains("orders: bad(7)", failure.Message);
    }

    [Fact]
    public async Task FailedDispatchThatNobodyAwaits_FailsTheTest()
    {
        _ = Start().Dispatch("bad");

        Assert.Contains(
            "The event 'bad' of the controller 'orders' ended as Faulted and nobody awaited it.",
            (await EndsWithAsync()).Message
        );
    }

    [Fact]
    public async Task AwaitedFailure_DoesNot()
    {
        Controller controller = Start();
        await Assert.ThrowsAsync<TestFailureException>(() => controller.Dispatch("bad").Guarded());

        await _kit!.DisposeAsync();
    }

    [Fact]
    public async Task FailureWithAMappedErrorEvent_DoesNot()
    {
        Controller controller = Start();
        controller.Mapping.Add(ControllerEvents.Error, () => { });
        controller.Post("bad");
        _ = controller.Dispatch("bad");
        await _kit!.QuietAsync();

        await _kit.DisposeAsync();
    }

    [Fact]
    public async Task FailureThatAnEventFilterExpects_DoesNot()
    {
        Controller controller = Start();

        await _kit!
            .EventFilter.Exception<TestFailureException>()
            .ExpectOneAsync(() =>
            {
                controller.Post("bad");
                return Task.CompletedTask;
            });

        await _kit.DisposeAsync();
    }

    [Fact]
    public async Task FindingsTakenByTheTest_AreItsOwnAffair()
    {
        Controller controller = Start();
        controller.Post("bad");
        controller.Post("unknown");
        await _kit!.QuietAsync();

        IReadOnlyList<KitFinding> findings = _kit.TakeFindings();

        Assert.Single(findings, finding => finding.Exception is TestFailureException);
        Assert.Single(
            findings,
            finding => finding.Message == "The controller 'orders' has no handler for the event 'unknown'."
        );
        await _kit.DisposeAsync();
    }

    [Fact]
    public async Task EventWithoutAHandler_FailsTheTest()
    {
        Start().Post("unknown");

        Assert.Contains("has no handler for the event 'unknown'", (await EndsWithAsync()).Message);
    }

    [Fact]
    public async Task OptedOut_BothAreLeftAlone()
    {
        Controller controller = Start(options =>
        {
            options.FailOnUnhandledEvents = false;
            options.FailOnUnobservedFailures = false;
        });
        controller.Post("unknown");
        controller.Post("bad");
        await _kit!.QuietAsync();

        await _kit.DisposeAsync();
    }

    [Fact]
    public async Task EndOfTheTest_WritesTheLastEventsOfEachController()
    {
        Controller controller = Start(options => options.LastEvents = 2);
        for (int i = 0; i < 5; i++)
        {
            await controller.Dispatch("good", i).Guarded();
        }

        await _kit!.DisposeAsync();

        Assert.Contains("'orders' is Stopped and idle; its last events:", _output.Text);
        Assert.Contains("00:00:00 orders: good(4) Completed [1]", _output.Text);
        Assert.DoesNotContain("good(2)", _output.Text);
    }

    [Fact]
    public async Task EndOfTheTest_EndsControllersWhoseHandlersNeverEnd()
    {
        Controller controller = Start();
        Pending pending = controller.Dispatch("never");
        await _kit!.QuietAsync();

        await _kit.DisposeAsync();

        Assert.Equal(PendingStatus.Cancelled, pending.Status);
        Assert.Equal(ControllerState.Stopped, controller.State);
    }

    [Fact]
    public async Task EndsOfControllers_LeaveNoDeadLettersOfOursInTheLog()
    {
        Controller controller = Start();
        for (int i = 0; i < 10; i++)
        {
            _ = controller.Dispatch("never");
            controller.Post("good");
            await _kit!.QuietAsync();
            await controller.ShutdownAsync(ShutdownMode.Abort).Guarded();
            await _kit.QuietAsync();
            controller.Run();
        }

        _ = controller.Dispatch("never");
        await _kit!.QuietAsync();
        await _kit.DisposeAsync();

        Assert.DoesNotContain("DeadLetter", _output.Text);
    }

    [Fact]
    public async Task Pool_IsOneJournalOfAllItsWorkers()
    {
        Start();
        ControllerPool pool = _kit!.CreatePool(
            2,
            options =>
            {
                options.Name = "packers";
                options.Mapping.On("pack", () => 1);
            }
        );
        pool.Run();
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => pool.Dispatch("pack").Guarded()));

        await _kit.DisposeAsync();

        Assert.Contains("'packers' is Stopped and idle; its last events:", _output.Text);
        Assert.DoesNotContain("'packers/0' is", _output.Text);
    }

    [Fact]
    public async Task LoopsThatNeverRest_AreNamed()
    {
        Controller controller = Start(options =>
        {
            options.QuietLimit = TimeSpan.FromMilliseconds(100);
            options.FailOnUnobservedFailures = false;
        });
        controller.Mapping.Add("round", (Session session) => session.Self.Post("round"));
        controller.Post("round");

        TimeoutException failure = await Assert.ThrowsAsync<TimeoutException>(() => _kit!.QuietAsync());

        Assert.Contains("orders: round()", failure.Message);
        controller.Clean();
        await controller.ShutdownAsync(ShutdownMode.Finish).Guarded();
        await _kit!.DisposeAsync();
    }

    private Controller Start(Action<ControllerTestKitOptions>? configure = null)
    {
        _kit = new ControllerTestKit(_output, configure);
        Controller controller = _kit.CreateController(options =>
        {
            options.Name = "orders";
            options
                .Mapping.On("bad", _ => throw new TestFailureException())
                .On("good", () => 1)
                .On("never", session => Task.Delay(Timeout.InfiniteTimeSpan, session.CancellationToken));
        });
        controller.Run();
        return controller;
    }

    private async Task<XunitException> EndsWithAsync()
    {
        await _kit!.QuietAsync();
        return await Assert.ThrowsAsync<XunitException>(_kit.DisposeAsync);
    }

    private sealed class Output : ITestOutputHelper
    {
        private readonly Journal<string> _lines = new();

        public string Text => string.Join(Environment.NewLine, _lines.Entries);

        public void WriteLine(string message) => _lines.Add(message);

        public void WriteLine(string format, params object[] args) => WriteLine(string.Format(format, args));
    }
}
