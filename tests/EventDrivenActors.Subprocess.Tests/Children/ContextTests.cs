using EventDrivenActors.Subprocess.Testing;
using EventDrivenActors.TestSupport;

namespace EventDrivenActors.Subprocess.Tests.Children;

/// <summary>The layers of context, across the process line.</summary>
public sealed class ContextTests : ChildTest
{
    private static readonly SessionKey<MemoryStream> Service = new("service");

    [Fact]
    public async Task Layers_OfTheParent_ReachTheChild_TheInnermostWins()
    {
        Controller controller = Start(SessionContext.Empty.With(ChildWork.Label, "controller"));
        Assert.Equal(["controller"], await controller.Dispatch("label").Guarded());
        Assert.Equal("controller", await controller.Submit(ChildWork.LabelOf).Guarded());
        await controller.ShutdownAsync().Guarded();

        controller.Run(SessionContext.Empty.With(ChildWork.Label, "run"));

        Assert.Equal(["run"], await controller.Dispatch("label").Guarded());
        Assert.Equal(
            ["event"],
            await controller.Dispatch("label", context: SessionContext.Empty.With(ChildWork.Label, "event")).Guarded()
        );
    }

    [Fact]
    public async Task EntryThatMayNotCross_StaysInTheParent_AndWhoAsksForItIsToldWhy()
    {
        using MemoryStream stream = new();
        Controller controller = Start(SessionContext.Empty.With(ChildWork.Label, "controller").With(Service, stream));

        Assert.Equal(["controller"], await controller.Dispatch("label").Guarded());
        RemoteHandlerException failure = await Assert.ThrowsAsync<RemoteHandlerException>(() =>
            controller.Dispatch("service").Guarded()
        );

        Assert.Equal(typeof(KeyNotFoundException).FullName, failure.RemoteType);
        Assert.Contains("'service'", failure.Message);
        Assert.Contains("did not cross", failure.Message);
        Assert.Contains(nameof(MemoryStream), failure.Message);
    }

    private static long LengthOfService(Session session) => session.Get(Service).Length;

    private Controller Start(SessionContext context) =>
        Harness.Start(
            child =>
            {
                child.Mapping.On("service", LengthOfService);
                child.RunInProcess();
            },
            options => options.Context = context
        );
}
