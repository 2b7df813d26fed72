using EventDrivenActors.TestSupport;

namespace EventDrivenActors.Tests.Listening;

/// <summary>
/// Listening among pools, their workers and other actor systems: no cycle goes unseen, and no listening touches
/// another.
/// </summary>
public sealed class CrossListeningTests : IAsyncLifetime
{
    private readonly EventRuntime _here = EventRuntime.Create(options => options.SystemName = "here");
    private readonly EventRuntime _there = EventRuntime.Create(options => options.SystemName = "there");

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await _here.DisposeAsync();
        await _there.DisposeAsync();
    }

    [Fact]
    public void Worker_ThatListensToItsPool_IsRefused()
    {
        ControllerPool pool = _here.CreatePool(2);

        InvalidOperationException refused = Assert.Throws<InvalidOperationException>(() =>
            pool.Workers[0].Listen(pool, "k")
        );

        Assert.Contains($"'{pool.Workers[0].Name}' -> '{pool.Name}' -> '{pool.Workers[0].Name}'", refused.Message);
    }

    [Fact]
    public void Pool_ThatListensToItsWorker_IsRefused()
    {
        ControllerPool pool = _here.CreatePool(2);

        Assert.Throws<InvalidOperationException>(() => pool.Listen(pool.Workers[1], "k"));
    }

    [Fact]
    public void Worker_ThatListensToAnotherOne_IsRefusedOnlyTheWayBack()
    {
        ControllerPool pool = _here.CreatePool(3);
        using IDisposable first = pool.Workers[0].Listen(pool.Workers[1], "k");

        Assert.Throws<InvalidOperationException>(() => pool.Workers[1].Listen(pool.Workers[0], "k"));
        using IDisposable second = pool.Workers[1].Listen(pool.Workers[2], "k");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Cycle_ThroughWorkersOfTwoPools_IsRefused(bool acrossSystems)
    {
        ControllerPool one = _here.CreatePool(2);
        ControllerPool other = (acrossSystems ? _there : _here).CreatePool(2);
        using IDisposable first = other.Listen(one.Workers[0], "k");

        Assert.Throws<InvalidOperationException>(() => one.Workers[0].Listen(other, "k"));
        Assert.Throws<InvalidOperationException>(() => one.Listen(other.Workers[1], "k"));
        Assert.Throws<InvalidOperationException>(() => one.Listen(other, "k"));
        using IDisposable allowed = one.Workers[1].Listen(other.Workers[1], "k");
    }

    [Fact]
    public void Cycle_ThroughControllersOfTwoSystems_IsRefused()
    {
        Controller a = _here.CreateController();
        Controller b = _there.CreateController();
        Controller c = _here.CreateController();
        using IDisposable ab = a.Listen(b, "k");
        using IDisposable bc = b.Listen(c, "k");

        InvalidOperationException refused = Assert.Throws<InvalidOperationException>(() => c.Listen(a, "k"));

        Assert.Contains($"'{c.Name}' -> '{b.Name}' -> '{a.Name}' -> '{c.Name}'", refused.Message);
    }

    [Fact]
    public async Task Cycle_ClosedFromBothEndsAtOnce_IsRefusedOnce()
    {
        for (int i = 0; i < 100; i++)
        {
            Controller a = _here.CreateController();
            Controller b = _there.CreateController();
            using Barrier both = new(2);

            Exception?[] refused = await Task.WhenAll(Listen(a, b), Listen(b, a)).Guarded();

            Assert.IsType<InvalidOperationException>(Assert.Single(refused, one => one is not null));

            Task<Exception?> Listen(IController listener, IController target) =>
                Task.Factory.StartNew(
                    Exception? () =>
                    {
                        both.SignalAndWait(HangGuard.Limit);
                        return Record.Exception(() =>
                        {
                            _ = listener.Listen(target, "k");
                        });
                    },
                    CancellationToken.None,
                    TaskCreationOptions.LongRunning,
                    TaskScheduler.Default
                );
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Listening_ToAWorkerThatEnds_LeavesThatToItsPool(bool workerFirst)
    {
        Journal<object?> heard = new();
        ControllerPool pool = _here.CreatePool(1);
        pool.Run();
        Controller ear = Ear(_here, heard);
        Controller other = _here.CreateController();
        IDisposable? ends = workerFirst ? other.Listen(pool.Workers[0], "k") : null;
        using IDisposable stays = ear.Listen(pool, "k");
        (ends ?? other.Listen(pool.Workers[0], "k")).Dispose();

        await pool.Dispatch("k", 1).Guarded();

        Assert.Equal([1], await heard.WaitForAsync(1));
    }

    [Fact]
    public async Task Listening_ToAPoolThatEnds_LeavesThatToItsWorker()
    {
        Journal<object?> heard = new();
        ControllerPool pool = _here.CreatePool(1);
        pool.Run();
        Controller ear = Ear(_here, heard);
        using IDisposable stays = ear.Listen(pool.Workers[0], "k");
        _here.CreateController().Listen(pool, "k").Dispose();

        await pool.Dispatch("k", 1).Guarded();

        Assert.Equal([1], await heard.WaitForAsync(1));
    }

    [Fact]
    public async Task Listening_ToAPoolAndItsWorker_HearsEachEventOnceForEach()
    {
        Journal<(IController, object?)> heard = new();
        ControllerPool pool = _here.CreatePool(1);
        pool.Run();
        Controller ear = _here.CreateController(o =>
            o.Mapping.On("k", (ForwardedEvent forwarded) => heard.Add((forwarded.Source, forwarded.Value)))
                .On("last", _ => heard.Add((null!, "last")))
        );
        ear.Run();
        using IDisposable ofPool = ear.Listen(pool, "k", "last");
        using IDisposable ofWorker = ear.Listen(pool.Workers[0], "k");

        await pool.Dispatch("k", 1).Guarded();
        await pool.Dispatch("last").Guarded();

        IReadOnlyList<(IController, object?)> all = await heard.WaitForAsync(3);
        Assert.Equal(
            [(pool.Workers[0], 1), (pool, 1), (null!, "last")],
            all.OrderBy(one =>
                one.Item1 is null ? 2
                : one.Item1 == pool ? 1
                : 0
            )
        );
    }

    [Fact]
    public async Task Listening_FromTwoSystems_HearsEachEventOnceForEachAndEndsAlone()
    {
        Journal<object?> here = new();
        Journal<object?> there = new();
        Controller source = _here.CreateController();
        source.Run();
        using IDisposable first = Ear(_here, here).Listen(source, "k", "last");
        IDisposable second = Ear(_there, there).Listen(source, "k", "last");

        await source.Dispatch("k", 1).Guarded();
        await there.WaitForAsync(1);
        second.Dispose();
        await source.Dispatch("k", 2).Guarded();
        await source.Dispatch("last", 3).Guarded();

        Assert.Equal([1, 2, 3], await here.WaitForAsync(3));
        Assert.Equal([1], there.Entries);
    }

    [Fact]
    public async Task Worker_AddedLater_IsHeardToo()
    {
        Journal<object?> heard = new();
        using ManualResetEventSlim busy = new();
        ControllerPool pool = _here.CreatePool(
            1,
            o =>
                o.Mapping.On(
                    "busy",
                    _ =>
                    {
                        busy.Wait(HangGuard.Limit);
                    }
                )
        );
        pool.Run();
        using IDisposable tap = Ear(_here, heard).Listen(pool, "k");
        Pending occupied = pool.Dispatch("busy");
        pool.Resize(2);

        await pool.Dispatch("k", 1).Guarded();

        Assert.Equal([1], await heard.WaitForAsync(1));
        busy.Set();
        await occupied.Guarded();
    }

    private static Controller Ear(EventRuntime runtime, Journal<object?> heard)
    {
        Controller ear = runtime.CreateController(o =>
            o.Mapping.On("k", (ForwardedEvent forwarded) => heard.Add(forwarded.Value))
                .On("last", (ForwardedEvent forwarded) => heard.Add(forwarded.Value))
        );
        ear.Run();
        return ear;
    }
}
