using Akka.Actor;
using Akka.Actor.Dsl;
using EventDrivenActors.Advanced;
using EventDrivenActors.TestSupport;

namespace EventDrivenActors.Tests.Hosting;

/// <summary>
/// What a relay passes on may be passed on by the thread that dispatches or makes room; code of others never runs
/// there.
/// </summary>
public sealed class RelayTests : IAsyncLifetime
{
    private readonly EventRuntime _runtime = EventRuntime.Create();
    private readonly Journal<int> _passed = new();
    private readonly TaskCompletionSource _room = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _runtime.DisposeAsync().AsTask().Guarded();

    [Fact]
    public async Task Handlers_OfALoopThatRelays_KeepTheirOwnTurns()
    {
        Journal<(int Thread, IActorRef Sender)> told = new();
        IActorRef plain = _runtime.System.ActorOf(actor =>
            actor.ReceiveAny((message, context) => told.Add(((int)message, context.Sender)))
        );
        Controller controller = Start(
            _ => { },
            mapping => mapping.On("here", _ => plain.Tell(Environment.CurrentManagedThreadId))
        );
        _ = controller.Dispatch("there");
        await _passed.WaitForAsync(1);
        await controller.PendingAsync().Guarded();
        await controller.Dispatch("here").Guarded();
        _ = controller.Dispatch("there");
        await _passed.WaitForAsync(2);
        int dispatcher = await OnAThreadAsync(() =>
        {
            _ = controller.Dispatch("there");
            _ = controller.Dispatch("here");
        });

        await _passed.WaitForAsync(3);
        Assert.All(await told.WaitForAsync(2), one => Assert.Equal(controller.Ref, one.Sender));
        Assert.DoesNotContain(dispatcher, told.Entries.Select(one => one.Thread));
    }

    [Fact]
    public async Task Filter_BeforeARelay_NeverGoesOnWhereRoomIsMade()
    {
        Journal<int> wentOn = new();
        Controller controller = Start(context =>
            context.UseInbound(
                async (session, next) =>
                {
                    await next(session).ConfigureAwait(false);
                    wentOn.Add(Environment.CurrentManagedThreadId);
                }
            )
        );
        _ = controller.Dispatch("waits");
        await _passed.WaitForAsync(1);
        await controller.PendingAsync().Guarded();

        int maker = await OnAThreadAsync(_room.SetResult);

        Assert.NotEqual(maker, (await wentOn.WaitForAsync(1))[0]);
    }

    private Controller Start(Action<IAdapterContext> before, Action<MappingBlueprint>? map = null)
    {
        Controller controller = _runtime.CreateController(options =>
        {
            map?.Invoke(options.Mapping);
            options.Adapters.Add(new DelegateAdapter(before));
            options.Adapters.Add(
                new DelegateAdapter(context => context.UseRelay(Relay, static session => !session.Event.Equals("here")))
            );
        });
        controller.Run();
        return controller;
    }

    private ValueTask Relay(Session session, InboundDelegate next)
    {
        if (session.Event.Equals("here"))
        {
            return next(session);
        }

        session.Defer().Settle(EventOutcome.Completed([]));
        _passed.Add(Environment.CurrentManagedThreadId);
        return session.Event.Equals("waits") ? new ValueTask(_room.Task) : default;
    }

    /// <summary>Runs it on a thread that is nobody else's, and says which.</summary>
    private static Task<int> OnAThreadAsync(Action action) =>
        Task
            .Factory.StartNew(
                () =>
                {
                    action();
                    return Environment.CurrentManagedThreadId;
                },
                CancellationToken.None,
                TaskCreationOptions.LongRunning,
                TaskScheduler.Default
            )
            .Guarded();
}
