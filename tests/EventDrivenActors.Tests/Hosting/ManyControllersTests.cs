using EventDrivenActors.TestSupport;

namespace EventDrivenActors.Tests.Hosting;

public sealed class ManyControllersTests
{
    [Fact]
    public async Task TwentyThousandControllers_WithOneEventEach_AllComplete()
    {
        await using EventRuntime runtime = EventRuntime.Create();
        MappingBlueprint blueprint = new MappingBlueprint().On("x", session => session.Value);
        Controller[] controllers = [.. Enumerable.Range(0, 20_000).Select(_ => runtime.CreateController(blueprint))];
        Assert.Equal(controllers.Length, controllers.Select(controller => controller.Name).Distinct().Count());

        Pending[] pendings = [.. controllers.Select((controller, number) => controller.Dispatch("x", number))];
        foreach (Controller controller in controllers)
        {
            controller.Run();
        }

        IReadOnlyList<object?>[] results = await Task.WhenAll(pendings.Select(pending => pending.AsTask())).Guarded();

        Assert.Equal(Enumerable.Range(0, controllers.Length), results.Select(result => (int)Assert.Single(result)!));
        Assert.All(controllers, controller => Assert.True(controller.IsIdle));
    }
}
