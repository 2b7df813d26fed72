namespace EventDrivenActors.TestSupport.Contracts;

/// <summary>The layers of context, and the values that live for one run.</summary>
public abstract class ContextContract : ContractBase
{
    private static readonly SessionKey<string> Layer = new("layer");
    private static readonly SessionKey<int> Number = new("number");

    [Fact]
    public async Task Layers_OfContext_TheInnermostWins()
    {
        IController controller = CreateMapped(
            m => m.On("x", session => session.Get(Layer)),
            options => options.Context = SessionContext.Empty.With(Layer, "controller")
        );
        controller.Run();
        Assert.Equal(["controller"], await controller.Dispatch("x").Guarded());
        Assert.Equal(
            ["event"],
            await controller.Dispatch("x", context: SessionContext.Empty.With(Layer, "event")).Guarded()
        );
        await controller.ShutdownAsync().Guarded();

        controller.Run(SessionContext.Empty.With(Layer, "run"));
        Assert.Equal(["run"], await controller.Dispatch("x").Guarded());
        Assert.Equal(
            ["event"],
            await controller.Dispatch("x", context: SessionContext.Empty.With(Layer, "event")).Guarded()
        );
        await controller.ShutdownAsync().Guarded();

        controller.Run();
        Assert.Equal(["controller"], await controller.Dispatch("x").Guarded());
    }

    [Fact]
    public async Task Layers_OfContext_AreMerged()
    {
        IController controller = CreateMapped(
            m => m.On("x", session => (session.Get(Layer), session.Get(Number), session.Context.Count)),
            options => options.Context = SessionContext.Empty.With(Layer, "controller")
        );
        controller.Run(SessionContext.Empty.With("unread", true));

        object? seen = (await controller.Dispatch("x", context: SessionContext.Empty.With(Number, 5)).Guarded())[0];

        Assert.Equal(("controller", 5, 3), seen);
    }

    [Fact]
    public async Task Context_OfOneEvent_DoesNotReachTheNext()
    {
        IController controller = Start(m => m.On("x", session => session.TryGet(Number, out int n) ? n : -1));

        for (int i = 0; i < 20; i++)
        {
            Assert.Equal([i], await controller.Dispatch("x", context: SessionContext.Empty.With(Number, i)).Guarded());
            Assert.Equal([-1], await controller.Dispatch("x").Guarded());
        }
    }

    [Fact]
    public async Task Get_OfAMissingEntry_NamesItAndTheEvent()
    {
        IController controller = Start(m => m.On("x", session => session.Get(Number)));

        KeyNotFoundException failure = await Assert.ThrowsAsync<KeyNotFoundException>(() =>
            controller.Dispatch("x").Guarded()
        );

        Assert.Contains("'number'", failure.Message);
        Assert.Contains("'x'", failure.Message);
    }

    [Fact]
    public async Task Items_WrittenByAHandler_LiveForOneRun()
    {
        IController controller = Start(m =>
            m.On(
                "count",
                session =>
                {
                    int count = session.Items.TryGetValue("count", out object? seen) ? (int)seen! + 1 : 1;
                    session.Items["count"] = count;
                    return count;
                }
            )
        );
        List<object?> counts = [];
        for (int i = 0; i < 3 * Workers; i++)
        {
            counts.Add((await controller.Dispatch("count").Guarded())[0]);
        }

        Assert.Contains(3, counts);
        await controller.ShutdownAsync().Guarded();
        controller.Run();
        Assert.Equal([1], await controller.Dispatch("count").Guarded());
    }

    [Fact]
    public async Task Submission_SeesTheContextOfItsEvent()
    {
        IController controller = Start(_ => { });

        Assert.Equal(
            9,
            await controller.Submit(session => session.Get(Number), SessionContext.Empty.With(Number, 9)).Guarded()
        );
    }
}
