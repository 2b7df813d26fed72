namespace EventDrivenActors.TestKit.Tests.Cookbook;

public sealed class TestARace : ControllerTestKit
{
    // <snippet>
    [Fact]
    public async Task LastSeat_IsSoldOnce() => await ExploreAsync(seeds: 100, () => SellAsync(careless: false));

    [Fact]
    public async Task CarelessSale_IsFoundOut()
    {
        InterleavingException found = await Assert.ThrowsAsync<InterleavingException>(
            () => ExploreAsync(seeds: 200, () => SellAsync(careless: true)));

        // The message shows the order of events, and the seed that runs them in that order again, under the debugger:
        await Assert.ThrowsAsync<InterleavingException>(() => ReplayAsync(found.Seed, () => SellAsync(careless: true)));
    }

    private async Task SellAsync(bool careless)
    {
        int seats = 1;
        int sold = 0;
        ControllerPool desks = CreatePool(workers: 2, o => o.Mapping.On("buy", async () =>
        {
            if (seats > 0)
            {
                seats -= careless ? 0 : 1;
                await Task.Yield();         // meanwhile the other desk may look
                seats -= careless ? 1 : 0;  // the mistake: looked first, taken later
                sold++;
            }
        }));
        desks.Run();

        desks.Post("buy");
        desks.Post("buy");
        await QuietAsync();

        Assert.Equal(1, sold);
    }
    // </snippet>
}
