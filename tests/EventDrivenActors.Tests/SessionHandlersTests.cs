using EventDrivenActors.TestKit;
using EventDrivenActors.TestSupport;

namespace EventDrivenActors.Tests;

/// <summary>
/// The handlers that filters see. Each event sees one snapshot of the mapping, and its filters see the same.
/// </summary>
public sealed class SessionHandlersTests : ControllerTestKit
{
    private readonly Journal<string> _seen = new();

    [Fact]
    public async Task Handlers_ThatAFilterSees_AreThoseThatRun()
    {
        Gate filter = new();
        Controller controller = Start(
            async (session, next) =>
            {
                See(session);
                if (session.Value is Gate gate)
                {
                    await gate.PassAsync();
                    See(session);
                }

                await next(session);
            },
            mapping => mapping.On("y", _ => 1)
        );
        Pending first = controller.Dispatch("z", filter);
        await filter.Entered;

        controller.Mapping.Add("z", (Session _) => 2);
        filter.Open();

        Assert.Empty(await first.Guarded());
        Assert.Equal([2], await controller.Dispatch("z").Guarded());
        Assert.Equal([1], await controller.Dispatch("y").Guarded());
        Assert.Equal(["z", "z", "z Handler", "y Handler"], _seen.Entries);
        Assert.Single(TakeFindings());
    }

    [Fact]
    public async Task Handlers_OfAKeyWithoutAny_AreTheOtherwiseHandlers()
    {
        Controller controller = Start(PassOn, mapping => mapping.On("y", _ => 1).Otherwise(_ => 2));

        await controller.Dispatch("z").Guarded();
        await controller.Dispatch("y").Guarded();

        Assert.Equal(["z Otherwise", "y Handler"], _seen.Entries);
    }

    [Fact]
    public async Task Handlers_OfASubmittedFunction_AreThoseOfTheUserAlone()
    {
        Controller controller = Start(PassOn, _ => { });

        Assert.Equal(3, await controller.Submit(() => 3).Guarded());
        controller.Mapping.Add(ControllerEvents.Submit, (Session _) => 4);
        await controller.Submit(() => 3).SettledAsync().Guarded();

        string submit = ControllerEvents.Submit.Name;
        Assert.Equal([submit, $"{submit} Handler"], _seen.Entries);
    }

    private Controller Start(Func<Session, InboundDelegate, ValueTask> filter, Action<MappingBlueprint> map)
    {
        Controller controller = CreateController(options =>
        {
            map(options.Mapping);
            options.Adapters.Add(new DelegateAdapter(context => context.UseInbound(filter)));
        });
        controller.Run();
        return controller;
    }

    private ValueTask PassOn(Session session, InboundDelegate next)
    {
        See(session);
        return next(session);
    }

    private void See(Session session) =>
        _seen.Add(string.Join(' ', session.Handlers.Select(entry => $"{entry.Slot}").Prepend($"{session.Event}")));
}
