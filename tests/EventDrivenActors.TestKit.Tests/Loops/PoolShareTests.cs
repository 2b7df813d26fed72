using EventDrivenActors.TestKit.Loops;

namespace EventDrivenActors.TestKit.Tests.Loops;

/// <summary>
/// A simulation borrows the threads of the process's pool, and gives them back whatever happens meanwhile.
/// </summary>
public sealed class PoolShareTests : ControllerTestKit
{
    private readonly PoolLimits _before = PoolLimits.Read();

    [Fact]
    public async Task Share_LeavesOneFreeThread_AndGivesBackTheLimits()
    {
        using (PoolShare share = await PoolShare.TakeAsync())
        {
            Assert.Equal(new PoolLimits(share.BusyForGood + 1, share.BusyForGood + 1), PoolLimits.Read());
        }

        Assert.Equal(_before, PoolLimits.Read());
    }

    [Fact]
    public async Task Share_ThatGotMoreThreads_GivesBackTheLimits()
    {
        using (PoolShare share = await PoolShare.TakeAsync())
        {
            PoolShare.Widen();
            Assert.Equal(new PoolLimits(share.BusyForGood + 2, share.BusyForGood + 2), PoolLimits.Read());
        }

        Assert.Equal(_before, PoolLimits.Read());
    }

    [Fact]
    public async Task SecondShare_WaitsForTheFirst_AndBothGiveBackTheLimits()
    {
        PoolShare first = await PoolShare.TakeAsync();
        Task<PoolShare> second = PoolShare.TakeAsync();
        Assert.False(second.IsCompleted);

        first.Dispose();
        (await second).Dispose();

        Assert.Equal(_before, PoolLimits.Read());
    }

    [Fact]
    public async Task Share_GivenBackTwice_LetsOneIn()
    {
        PoolShare first = await PoolShare.TakeAsync();
        first.Dispose();
        first.Dispose();

        PoolShare second = await PoolShare.TakeAsync();
        Task<PoolShare> third = PoolShare.TakeAsync();
        Assert.False(third.IsCompleted);
        second.Dispose();
        (await third).Dispose();
    }

    [Fact]
    public async Task LimitsThatOtherCodeSetsMeanwhile_Stay()
    {
        PoolLimits raised = new(_before.Least + 3, _before.Most - 1);
        using (await PoolShare.TakeAsync())
        {
            raised.Set();
            PoolShare.Widen();
        }

        Assert.Equal(raised, PoolLimits.Read());
    }

    [Fact]
    public async Task UpperLimitThatOtherCodeSetsMeanwhile_Stays_AndTheLowerOneIsGivenBack()
    {
        using (await PoolShare.TakeAsync())
        {
            ThreadPool.GetMaxThreads(out _, out int ports);
            Assert.True(ThreadPool.SetMaxThreads(_before.Most - 1, ports));
        }

        Assert.Equal(new PoolLimits(_before.Least, _before.Most - 1), PoolLimits.Read());
    }

    [Fact]
    public async Task SimulationThatFails_GivesBackTheLimits()
    {
        await Assert.ThrowsAsync<SimulationException>(() =>
            SimulateAsync(1, _ => throw new InvalidOperationException("The program fails."))
        );

        Assert.Equal(_before, PoolLimits.Read());
    }

    [Fact]
    public async Task SimulationInsideASimulation_IsRefused()
    {
        SimulationException found = await Assert.ThrowsAsync<SimulationException>(() =>
            SimulateAsync(1, _ => SimulateAsync(1, _ => Task.CompletedTask))
        );

        Assert.Contains("A program that is simulated cannot simulate another one; do it in the test.", found.Message);
    }

    public override async Task DisposeAsync()
    {
        _before.Set();
        await base.DisposeAsync();
    }
}
