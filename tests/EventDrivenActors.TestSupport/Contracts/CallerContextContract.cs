using System.Reflection;

namespace EventDrivenActors.TestSupport.Contracts;

/// <summary>
/// No task of the library continues in the context of its caller, so a thread that blocks on one returns.
/// </summary>
public abstract class CallerContextContract : ContractBase
{
    private static readonly EventKey<int, int> Typed = new("typed");

    private Dictionary<string, Func<IController, Task>> Calls { get; } =
        new()
        {
            ["IController.SuspendAsync"] = async controller =>
            {
                await controller.SuspendAsync().ConfigureAwait(false);
                controller.Resume();
            },
            ["IController.PendingAsync"] = controller =>
            {
                controller.Post("x");
                return controller.PendingAsync();
            },
            ["IController.WaitForIdleAsync"] = controller =>
            {
                controller.Post("x");
                return controller.WaitForIdleAsync();
            },
            ["IController.ShutdownAsync"] = controller =>
            {
                controller.Post("x");
                return controller.ShutdownAsync();
            },
            ["IController.WaitAsync"] = controller =>
            {
                controller.Post("x");
                controller.Shutdown();
                return controller.WaitAsync();
            },
            ["IController.ReadyAsync"] = controller => controller.ReadyAsync(),
            ["IController.DispatchAsync"] = async controller =>
                await (await controller.DispatchAsync("x").ConfigureAwait(false)).AsTask().ConfigureAwait(false),
            ["IController.SubmitAsync"] = async controller =>
                await (await controller.SubmitAsync<object?>(new Submission(() => 1)).ConfigureAwait(false))
                    .AsTask()
                    .ConfigureAwait(false),
            ["Pending.AsTask"] = controller => controller.Dispatch("x").AsTask(),
            ["Pending.WaitAsync"] = controller => controller.Dispatch("x").WaitAsync(HangGuard.Limit),
            ["Pending.SettledAsync"] = controller => controller.Dispatch("x").SettledAsync(),
            ["Pending.ConfigureAwait"] = async controller => await controller.Dispatch("x").ConfigureAwait(false),
            ["Pending.GetAwaiter"] = controller => Task.FromResult(controller.Dispatch("x").GetAwaiter().GetResult()),
            ["Pending`1.AsTask"] = controller => controller.Dispatch(Typed, 1).AsTask(),
            ["Pending`1.WaitAsync"] = controller => controller.Dispatch(Typed, 1).WaitAsync(HangGuard.Limit),
            ["Pending`1.ConfigureAwait"] = async controller =>
                await controller.Dispatch(Typed, 1).ConfigureAwait(false),
            ["Pending`1.GetAwaiter"] = controller =>
                Task.FromResult(controller.Dispatch(Typed, 1).GetAwaiter().GetResult()),
            ["EventRuntime.DisposeAsync"] = async _ =>
            {
                EventRuntime runtime = EventRuntime.Create(options =>
                    options.Configuration = "akka.loglevel = WARNING"
                );
                Controller controller = runtime.CreateController(options =>
                    options.Mapping.On("x", async _ => await Task.Yield())
                );
                controller.Run();
                controller.Post("x");
                await runtime.DisposeAsync().ConfigureAwait(false);
            },
        };

    [Fact]
    public async Task EveryTask_OnAThreadWhoseContextStands_ComesBack()
    {
        foreach ((string name, Func<IController, Task> call) in Calls)
        {
            IController controller = Start(m =>
                m.On(
                        "x",
                        async _ =>
                        {
                            await Task.Yield();
                            return 1;
                        }
                    )
                    .On(
                        Typed,
                        async (_, value) =>
                        {
                            await Task.Yield();
                            return value;
                        }
                    )
            );
            Exception? failure = await Record.ExceptionAsync(() =>
                DeafThread.RunAsync(async () =>
                {
                    controller.Run();
                    await call(controller).ConfigureAwait(false);
                })
            );
            Assert.True(failure is null, $"{name}: {failure}");
        }
    }

    [Fact]
    public void EveryMethod_ThatReturnsATask_IsAmongThem()
    {
        IEnumerable<string> methods =
            from type in new[] { typeof(IController), typeof(Pending), typeof(Pending<>), typeof(EventRuntime) }
            from method in type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            where
                method.ReturnType.GetMethod(nameof(Task.GetAwaiter)) is not null
                && !typeof(Pending).IsAssignableFrom(method.ReturnType)
            select $"{type.Name}.{method.Name}";

        Assert.Empty(methods.Distinct().Except(Calls.Keys));
    }

    [Fact]
    public async Task GetResult_OfAnOpenEvent_Blocks()
    {
        Gate gate = NewGate();
        IController controller = Start(m =>
            m.On(
                    "x",
                    async _ =>
                    {
                        await gate.PassAsync();
                        return 1;
                    }
                )
                .On(
                    "fails",
                    async _ =>
                    {
                        await Task.Yield();
                        throw new TestFailureException();
                    }
                )
                .On(Typed, (_, value) => value)
        );
        Task<object?> blocked = Task.Run(() => controller.Dispatch("x").GetAwaiter().GetResult()[0]);
        await gate.Entered;
        await MarkerAsync();
        Assert.False(blocked.IsCompleted);
        gate.Open();

        Assert.Equal(1, await blocked.Guarded());
        Assert.Equal(2, controller.Dispatch(Typed, 2).GetAwaiter().GetResult());
        Assert.Equal(3, controller.Dispatch(Typed, 3).ConfigureAwait(false).GetAwaiter().GetResult());
        Assert.Throws<TestFailureException>(() => controller.Dispatch("fails").GetAwaiter().GetResult());
        Assert.Equal(4, controller.Dispatch(Typed, 4).AsTask().GetAwaiter().GetResult());
        Assert.Equal(PendingStatus.Faulted, controller.Dispatch("fails").SettledAsync().GetAwaiter().GetResult());
    }

    [Fact]
    public async Task GetResult_OfManyEventsByAllThreadsOfThePool_Blocks()
    {
        IController controller = Start(m => m.On(Typed, (_, value) => value));

        int[] results = await Task.WhenAll(
                Enumerable
                    .Range(0, 16)
                    .Select(n => Task.Run(() => controller.Dispatch(Typed, n).GetAwaiter().GetResult()))
            )
            .Guarded();

        Assert.Equal(Enumerable.Range(0, 16), results);
    }

    [Fact]
    public async Task GetResult_OfAnotherControllersEvent_BlocksTheHandler()
    {
        IController other = Start(m =>
            m.On(
                Typed,
                async (_, value) =>
                {
                    await Task.Yield();
                    return value;
                }
            )
        );
        IController controller = Start(m => m.On("x", _ => other.Dispatch(Typed, 5).GetAwaiter().GetResult()));

        Assert.Equal([5], await controller.Dispatch("x").Guarded());
    }

    [Fact]
    public async Task GetResult_OfAnEventOfItsOwnController_IsASelfAwait()
    {
        IController controller = null!;
        controller = Start(m =>
            m.On("inner", _ => 1)
                .On(
                    "x",
                    async _ =>
                    {
                        Pending[] queued = [.. Enumerable.Range(0, Workers).Select(_ => controller.Dispatch("inner"))];
                        Assert.Throws<SelfAwaitException>(() => queued[0].GetAwaiter().GetResult());
                        await Task.Yield();
                    }
                )
        );

        await controller.Dispatch("x").Guarded();
    }
}
