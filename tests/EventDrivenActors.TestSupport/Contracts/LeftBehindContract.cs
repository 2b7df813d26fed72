namespace EventDrivenActors.TestSupport.Contracts;

/// <summary>
/// P2: work that outlives its handler is in no event, even while the next one runs. Work that a running handler awaits
/// is in its event.
/// </summary>
public abstract class LeftBehindContract : ContractBase
{
    private readonly TaskCompletionSource _goOn = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public static TheoryData<string> Ways => [.. Starts.Keys];

    private static Dictionary<string, Func<Task, Func<Task>, Task>> Starts { get; } =
        new()
        {
            ["Task.Run"] = (until, work) =>
                Task.Run(async () =>
                {
                    await until;
                    await work();
                }),
            ["an async method"] = async (until, work) =>
            {
                await until.ConfigureAwait(false);
                await work();
            },
            ["a continuation"] = (until, work) => until.ContinueWith(_ => work(), TaskScheduler.Default).Unwrap(),
            ["a thread"] = (until, work) =>
                Started(end =>
                    new Thread(() =>
                    {
                        until.GetAwaiter().GetResult();
                        end(work());
                    })
                    {
                        IsBackground = true,
                    }.Start()
                ),
            ["a work item"] = (until, work) =>
                Started(end =>
                    ThreadPool.QueueUserWorkItem(_ =>
                    {
                        until.GetAwaiter().GetResult();
                        end(work());
                    })
                ),
            ["a registration"] = (until, work) =>
            {
                CancellationTokenSource source = new();
                Task done = Started(end => source.Token.Register(() => end(work())));
                _ = CancelAsync();
                return done;

                async Task CancelAsync()
                {
                    await until.ConfigureAwait(false);
                    await source.CancelAsync();
                }
            },
        };

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task WorkLeftBehind_WhileALaterEventRuns_SeesNoSession(string way)
    {
        (IController controller, Task left) = await LeaveAsync(
            way,
            _ =>
            {
                Assert.False(Session.Current.IsActive);
                return Task.CompletedTask;
            }
        );
        Gate gate = await OccupyAsync(controller);

        _goOn.SetResult();

        await left.Guarded();
        gate.Open();
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task WorkLeftBehind_AwaitsItsControllersEventsLikeAnybodyElse(string way)
    {
        (IController controller, Task left) = await LeaveAsync(
            way,
            async self =>
            {
                Assert.Equal([1], await self.Dispatch("inner"));
                await self.PendingAsync();
                await self.WaitForIdleAsync();
            }
        );
        Gate gate = await OccupyAsync(controller);

        _goOn.SetResult();
        await MarkerAsync();
        gate.Open();

        await left.Guarded();
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task WorkLeftBehind_ThatShutsItsControllerDown_WaitsForTheEnd(string way)
    {
        ShutdownReport? report = null;
        (IController controller, Task left) = await LeaveAsync(
            way,
            async self =>
            {
                report = await self.ShutdownAsync();
                Assert.Equal(ControllerState.Stopped, self.State);
            }
        );
        Gate gate = await OccupyAsync(controller);

        _goOn.SetResult();
        await MarkerAsync();
        gate.Open();

        await left.Guarded();
        Assert.True(report!.Ended);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3000)]
    public async Task WorkOfARunningHandler_OnOtherThreads_SeesItsSession(int before)
    {
        IController controller = Start(m =>
            m.On("quiet", _ => { })
                .On(
                    "x",
                    session =>
                    {
                        Assert.True(Task.Run(() => Session.Current == session).GetAwaiter().GetResult());
                        Parallel.For(0, 8, _ => Assert.True(Session.Current == session));
                        Thread thread = new(() => Assert.True(Session.Current == session));
                        thread.Start();
                        thread.Join();
                    }
                )
        );
        for (int i = 0; i < before; i++)
        {
            controller.Post("quiet");
        }

        for (int i = 0; i < 3 * Workers; i++)
        {
            await controller.Dispatch("x", i).Guarded();
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task WorkLeftBehind_OfOneAmongManyQuietEvents_SeesNoSession(bool suspends)
    {
        Journal<bool> seen = new();
        Gate gate = NewGate();
        IController controller = CreateMapped(m =>
            m.On("quiet", _ => { })
                .On(
                    "leaves",
                    async session =>
                    {
                        _ = SeeAsync();
                        if (suspends)
                        {
                            await Task.Yield();
                        }
                    }
                )
                .On("gate", async _ => await gate.PassAsync())
        );
        for (int i = 0; i < 500; i++)
        {
            controller.Post(i % 50 == 25 ? "leaves" : "quiet");
        }

        controller.Run();
        await controller.WaitForIdleAsync().Guarded();
        Gate busy = await OccupyAsync(controller);
        _goOn.SetResult();

        Assert.DoesNotContain(true, await seen.WaitForAsync(10));
        busy.Open();

        async Task SeeAsync()
        {
            await _goOn.Task.ConfigureAwait(false);
            seen.Add(Session.Current.IsActive);
        }
    }

    private static Task Started(Action<Action<Task>> start)
    {
        TaskCompletionSource<Task> done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        start(done.SetResult);
        return done.Task.Unwrap();
    }

    /// <summary>
    /// A controller whose handlers, one on each worker, start work that outlives them; only the first piece of work
    /// counts.
    /// </summary>
    private async Task<(IController Controller, Task Left)> LeaveAsync(string way, Func<IController, Task> work)
    {
        Task? left = null;
        IController controller = Start(m =>
            m.On("quiet", _ => { })
                .On("inner", _ => 1)
                .On(
                    "leave",
                    session =>
                    {
                        IController self = session.Pool ?? session.Self;
                        left ??= Starts[way](_goOn.Task, () => work(self));
                    }
                )
        );
        for (int i = 0; i < 100; i++)
        {
            controller.Post("quiet");
        }

        await controller.Dispatch("leave").Guarded();
        for (int i = 0; i < 100; i++)
        {
            controller.Post("quiet");
        }

        return (controller, left!);
    }
}
