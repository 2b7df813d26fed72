using EventDrivenActors.TestSupport;

namespace EventDrivenActors.Subprocess.Tests.Children;

/// <summary>P19: a child starts warm.</summary>
public sealed class WarmUpTests : ChildTest
{
    private static readonly List<string> Done = [];

    [Fact]
    public async Task WarmUps_OfEveryKind_HaveRunInTheirOrderBeforeTheFirstEvent()
    {
        Controller controller = Harness.Start(child =>
            child
                .WarmUp(Warm)
                .WarmUp(WarmAsync)
                .WarmUp(token => Done.Add($"token {token.CanBeCanceled}"))
                .WarmUp(async token =>
                {
                    await Task.Yield();
                    Done.Add($"async token {token.CanBeCanceled}");
                })
                .Mapping.On("done", () => string.Join(", ", Done))
        );

        Assert.Equal(["sync, async, token True, async token True"], await controller.Dispatch("done").Guarded());
        Assert.Empty(Done);
    }

    [Fact]
    public async Task Spare_HasDoneItsWarmUp()
    {
        Controller controller = Harness.Start(child =>
        {
            child.WarmSpare = true;
            child.Workers = 2;
            child.WarmUp(Warm).Mapping.On("done", () => string.Join(", ", Done));
        });
        int process = await ProcessOfAsync(controller);
        int spare = await SpareAsync(process);

        Harness.Child.Kill();

        Assert.Equal(["sync"], await controller.Dispatch("done").Guarded());
        Assert.Equal(spare, await ProcessOfAsync(controller));
    }

    private static void Warm() => Done.Add("sync");

    private static async Task WarmAsync()
    {
        await Task.Yield();
        Done.Add("async");
    }
}
