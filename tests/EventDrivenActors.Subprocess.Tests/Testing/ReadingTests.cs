using Akka.Configuration;
using Akka.Event;
using EventDrivenActors.Subprocess.Testing;
using EventDrivenActors.TestKit;
using EventDrivenActors.TestSupport;

namespace EventDrivenActors.Subprocess.Tests.Testing;

/// <summary>
/// Values that throw or do not end while they are read, on both ends: each costs its own message, and the child and all
/// else go on.
/// </summary>
public sealed class ReadingTests : IAsyncLifetime
{
    private readonly EventRuntime _runtime = NewRuntime();
    private readonly EventOptions _unhurried = new() { Timeout = HangGuard.Limit };
    private readonly Journal<object?> _heard = new();
    private readonly Journal<string> _warnings = new();
    private SubprocessAdapter _child = null!;

    public Task InitializeAsync()
    {
        HostileKey.Release.Reset();
        _runtime.System.EventStream.Subscribe(
            _runtime.System.ActorOf(Akka.Actor.Props.Create(() => new Listener(_warnings))),
            typeof(Warning)
        );
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        HostileKey.Release.Set();
        await _runtime.DisposeAsync().AsTask().Guarded();
    }

    [Theory]
    [InlineData("throw", "this key has no hash code")]
    [InlineData("hang", "had not ended after '00:00:00.3000000'")]
    public async Task Result_ThatCannotBeRead_FaultsItsEventOnly(string trap, string said)
    {
        Controller controller = Start();
        Pending hostile = controller.Dispatch("give", trap);
        Pending next = controller.Dispatch("give", "none");

        PayloadRefusedException refused = await Assert.ThrowsAsync<PayloadRefusedException>(() => hostile.Guarded());

        Assert.Contains("The results of the event 'give'", refused.Message);
        Assert.Contains(said, refused.Message);
        Assert.Equal(PendingStatus.Completed, await next.StatusAsync());
        await controller.WaitForIdleAsync().Guarded();
        Assert.Equal(0, _child.Restarts);
    }

    [Theory]
    [InlineData("throw", "this key has no hash code")]
    [InlineData("hang", "could not be read within '00:00:00.3000000'")]
    public async Task Argument_ThatCannotBeRead_FaultsItsEventOnly(string trap, string said)
    {
        Controller controller = Start();
        Pending hostile = controller.Dispatch("take", HostileKey.In(trap));
        Pending submitted = controller.Submit(Count, HostileKey.In(trap));
        Pending next = controller.Dispatch("take", HostileKey.In("none"));

        foreach (Pending one in (Pending[])[hostile, submitted])
        {
            RemoteHandlerException refused = await Assert.ThrowsAsync<RemoteHandlerException>(() => one.Guarded());
            Assert.StartsWith($"The arguments of '{one.Key}' could not be read in the child process ", refused.Message);
            Assert.Contains(said, refused.Message);
            Assert.DoesNotContain("The handler of", refused.ToString());
        }

        Assert.Equal([1], await next.Guarded());
        Assert.Equal(0, _child.Restarts);
    }

    [Fact]
    public async Task Argument_WhoseReadingDoesNotEnd_TimesOut_AndKeepsTheControllerBusyUntilItHas()
    {
        Controller controller = Start(child => child.EventTimeout = TimeSpan.FromMilliseconds(100));
        Pending hostile = controller.Dispatch("take", HostileKey.In("hang"));
        Pending next = controller.Dispatch("take", HostileKey.In("none"), options: _unhurried);

        Assert.Equal(PendingStatus.TimedOut, await hostile.StatusAsync());
        Assert.Equal([1], await next.Guarded());
        Task idle = controller.WaitForIdleAsync();
        Assert.False(idle.IsCompleted);
        HostileKey.Release.Set();
        await idle.Guarded();
        Assert.Equal(0, _child.Restarts);
    }

    [Fact]
    public async Task Argument_WhoseReadingDoesNotEnd_CostsTheChildItsLife_WhereHandlersDo()
    {
        Controller controller = Start(child =>
        {
            child.EventTimeout = TimeSpan.FromMilliseconds(100);
            child.KillOnTimeout = true;
            child.KillGrace = TimeSpan.Zero;
            child.Restart.MinDelay = TimeSpan.FromMilliseconds(1);
        });
        Pending hostile = controller.Dispatch("take", HostileKey.In("hang"));

        Assert.Equal(PendingStatus.TimedOut, await hostile.StatusAsync());
        await controller.WaitForIdleAsync().Guarded();

        Assert.Equal([1], await controller.Dispatch("take", HostileKey.In("none"), options: _unhurried).Guarded());
        Assert.Equal(1, _child.Restarts);
    }

    [Fact]
    public async Task Argument_BeingRead_IsCancelledAtOnce()
    {
        Controller controller = Start();
        Pending hostile = controller.Dispatch("take", HostileKey.In("hang"));
        await controller.Dispatch("passed").Guarded();

        hostile.Cancel();

        Assert.Equal(PendingStatus.Cancelled, await hostile.StatusAsync());
        Assert.Equal([1], await controller.Dispatch("take", HostileKey.In("none")).Guarded());
    }

    [Theory]
    [InlineData("throw")]
    [InlineData("hang")]
    public async Task RaisedEventAndReport_ThatCannotBeRead_AreLostWithALogLine(string trap)
    {
        Controller controller = Start();
        Journal<object?> reports = new();
        EventOptions options = new() { Progress = new Reports(reports) };

        Assert.Equal([2], await controller.Dispatch("say", trap, options: options).Guarded());

        Assert.Equal([2], await _heard.WaitForAsync(1));
        Assert.Equal([2], reports.Entries);
        IReadOnlyList<string> warnings = await _warnings.WaitForAsync(2);
        Assert.Contains(warnings, line => line.Contains("an event that handlers raised"));
        Assert.Contains(warnings, line => line.Contains("a report of progress"));
        Assert.Equal(0, _child.Restarts);
    }

    [Fact]
    public async Task ArgumentOfARemoteObject_WhoseReadingDoesNotEnd_TimesOut()
    {
        VirtualTime time = new();
        EventRuntime runtime = NewRuntime(time);
        Start(
            child =>
            {
                child.EventTimeout = TimeSpan.FromSeconds(1);
                child.LinkTime = TimeProvider.System;
            },
            runtime
        );
        ICounts counts = await _child.CreateRemoteAsync<ICounts, Counts>().Guarded();

        await Assert.ThrowsAsync<EventTimeoutException>(() =>
            time.DriveAsync(counts.CountAsync(HostileKey.In("hang")))
        );

        HostileKey.Release.Set();
        Assert.Equal(1, await counts.CountAsync(HostileKey.In("none")).Guarded());
        await time.DriveAsync(runtime.DisposeAsync().AsTask());
    }

    private static EventRuntime NewRuntime(TimeProvider? time = null) =>
        EventRuntime.Create(options =>
        {
            options.Configuration = ConfigurationFactory.ParseString(
                "event-driven-actors.subprocess.read-timeout = 300ms, akka.stdout-loglevel = OFF"
            );
            options.TimeProvider = time ?? TimeProvider.System;
        });

    private static int Count(Dictionary<HostileKey, int> map) => map.Count;

    private Controller Start(Action<SubprocessOptions>? configure = null, EventRuntime? runtime = null)
    {
        Controller controller = (runtime ?? _runtime).CreateController(options =>
        {
            options.Mapping.On("passed", () => { });
            options.Mapping.On("heard", session => _heard.Add(session.Value));
            _child = options.AddSubprocess(child =>
            {
                child.RunInProcess();
                child
                    .Mapping.On("give", (string trap) => HostileKey.In(trap))
                    .On("take", (Dictionary<HostileKey, int> map) => map.Count)
                    .On("say", Say);
                configure?.Invoke(child);
            });
        });
        controller.Run();
        return controller;
    }

    private static int Say(Session session, string trap)
    {
        session.Report(HostileKey.In(trap));
        session.Report(2);
        session.Parent!.Dispatch("heard", HostileKey.In(trap));
        session.Parent!.Dispatch("heard", 2);
        return 2;
    }

    internal interface ICounts
    {
        Task<int> CountAsync(Dictionary<HostileKey, int> map);
    }

    internal sealed class Counts : ICounts
    {
        public Task<int> CountAsync(Dictionary<HostileKey, int> map) => Task.FromResult(map.Count);
    }

    private sealed class Reports(Journal<object?> journal) : IProgress<object?>
    {
        public void Report(object? value) => journal.Add(value);
    }

    private sealed class Listener : Akka.Actor.ReceiveActor
    {
        public Listener(Journal<string> warnings) => Receive<Warning>(warning => warnings.Add($"{warning.Message}"));
    }
}
