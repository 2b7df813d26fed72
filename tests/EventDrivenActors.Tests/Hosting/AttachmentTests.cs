using System.Runtime.CompilerServices;
using EventDrivenActors.Advanced;
using EventDrivenActors.TestSupport;

namespace EventDrivenActors.Tests.Hosting;

/// <summary>What an adapter attaches to an event is its own: its filters find it, and nobody else sees it.</summary>
public sealed class AttachmentTests : IAsyncLifetime
{
    private readonly EventRuntime _runtime = EventRuntime.Create();
    private WeakReference? _made;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _runtime.DisposeAsync().AsTask().Guarded();

    [Fact]
    public async Task Attach_InAnOutboundFilter_IsFoundByTypeAndNotInTheContext()
    {
        Controller controller = Start(outbound => outbound.Attach(new Mark("a")), session => Found(session));

        IReadOnlyList<object?> found = await controller.Dispatch("k", context: SessionContext.Empty.With("seen", 1));

        Assert.Equal("a, 1 entries", Assert.Single(found));
    }

    [Fact]
    public async Task Attach_TwiceAndByAnother_FindsTheLastOfEachType()
    {
        Controller controller = Start(
            outbound =>
            {
                outbound.Attach(new Mark("a"));
                outbound.Attach("text");
                outbound.Attach(new Mark("b"));
            },
            session => session.TryGetAttachment(out string? text) ? $"{Found(session)} {text}" : null
        );

        Assert.Equal("b, 0 entries text", Assert.Single(await controller.Dispatch("k")));
    }

    [Fact]
    public async Task TryGetAttachment_OfAPlainEventAndAPost_FindsNothing()
    {
        Journal<string> found = new();
        Controller controller = Start(_ => { }, session => found.Add(Found(session)));

        controller.Post("k");
        await controller.Dispatch("k").Guarded();

        Assert.Equal(["none", "none"], await found.WaitForAsync(2));
    }

    [Fact]
    public async Task WithAttachment_OptionsOfSeveralEvents_IsFoundInEach()
    {
        Controller controller = Start(_ => { }, session => Found(session));
        EventOptions options = new EventOptions { Attempt = 3 }.WithAttachment(new Mark("o"));

        Assert.Equal("o, 0 entries", Assert.Single(await controller.Dispatch("k", options: options)));
        Assert.Equal("o, 0 entries", await controller.Submit(session => Found(session), options: options));
        Assert.Equal(3, options.Attempt);
    }

    [Fact]
    public async Task Attach_ToABroadcast_IsFoundByEachWorker()
    {
        Journal<string> found = new();
        ControllerPool pool = _runtime.CreatePool(
            2,
            options =>
            {
                options.Routing = PoolRouting.Broadcast;
                options.Mapping.On("k", session => found.Add(Found(session)));
                options.Adapters.Add(new DelegateAdapter(context => Attach(context, new Mark("p"))));
            }
        );
        pool.Run();

        await pool.Dispatch("k").Guarded();

        Assert.Equal(["p, 0 entries", "p, 0 entries"], await found.WaitForAsync(2));
    }

    [Fact]
    public async Task Attach_AfterTheEventHasSettled_IsNotKept()
    {
        Controller controller = Start(outbound => outbound.Attach(MakeMark()), _ => null);
        Pending pending = controller.Dispatch("k");
        await pending.Guarded();
        await controller.WaitForIdleAsync().Guarded();

        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();

        Assert.False(_made!.IsAlive);
        GC.KeepAlive(pending);
    }

    [Fact]
    public void UseRelay_ContextOfAnother_SaysWhatToPass()
    {
        IAdapterContext context = null!;

        ArgumentException refused = Assert.Throws<ArgumentException>(() =>
            context.UseRelay((session, next) => next(session), _ => false)
        );

        Assert.Contains("pass the one that Configure was called with", refused.Message);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private Mark MakeMark()
    {
        Mark mark = new("gone");
        _made = new WeakReference(mark);
        return mark;
    }

    private static string Found(Session session) =>
        session.TryGetAttachment(out Mark? mark) ? $"{mark.Text}, {session.Context.Count} entries" : "none";

    private static void Attach(IAdapterContext context, object value) =>
        context.UseOutbound(
            (outbound, next) =>
            {
                outbound.Attach(value);
                return next(outbound);
            }
        );

    private Controller Start(Action<OutboundEvent> attach, Func<Session, object?> handle)
    {
        Controller controller = _runtime.CreateController(options =>
        {
            options.Mapping.On("k", handle);
            options.Adapters.Add(
                new DelegateAdapter(context =>
                    context.UseOutbound(
                        (outbound, next) =>
                        {
                            attach(outbound);
                            return next(outbound);
                        }
                    )
                )
            );
        });
        controller.Run();
        return controller;
    }

    private Controller Start(Action<OutboundEvent> attach, Action<Session> handle) =>
        Start(
            attach,
            session =>
            {
                handle(session);
                return null;
            }
        );

    private sealed record Mark(string Text);
}
