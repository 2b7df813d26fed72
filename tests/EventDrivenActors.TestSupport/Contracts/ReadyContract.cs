namespace EventDrivenActors.TestSupport.Contracts;

/// <summary>P10, last part: code that needs a running controller can wait for it.</summary>
public abstract class ReadyContract : ContractBase
{
    [Fact]
    public async Task ReadyAsync_BeforeTheFirstRun_CompletesWithIt()
    {
        IController controller = Create();
        Task ready = controller.ReadyAsync();

        await MarkerAsync();
        Assert.False(ready.IsCompleted);
        controller.Run();

        await ready.Guarded();
        await controller.ReadyAsync().Guarded();
        Assert.Equal(1, await controller.Submit(() => 1).Guarded());
    }

    [Fact]
    public async Task ReadyAsync_OfAHandler_OfItsOwnController_Completes()
    {
        IController controller = Start(_ => { });

        Assert.Equal(
            1,
            await controller
                .Submit(async session =>
                {
                    await session.Self.ReadyAsync();
                    return 1;
                })
                .Guarded()
        );
    }

    [Fact]
    public async Task ReadyAsync_Cancelled_EndsTheWait()
    {
        IController controller = Create();
        using CancellationTokenSource source = new();
        Task ready = controller.ReadyAsync(source.Token);

        await source.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ready.Guarded());
        controller.Run();
        await controller.ReadyAsync().Guarded();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ReadyAsync_OfAControllerThatWasShutDown_Throws(bool ran)
    {
        IController controller = Create();
        if (ran)
        {
            controller.Run();
        }

        Task ready = ran ? Task.CompletedTask : controller.ReadyAsync();
        await Time.DriveAsync(controller.ShutdownAsync());

        if (!ran)
        {
            Assert.Contains(
                $"'{controller.Name}'",
                (await Assert.ThrowsAsync<ControllerClosedException>(() => ready.Guarded())).Message
            );
        }

        await Assert.ThrowsAsync<ControllerClosedException>(() => controller.ReadyAsync().Guarded());
        controller.Run();
        await controller.ReadyAsync().Guarded();
    }
}
