using Xunit.Abstractions;

namespace EventDrivenActors.TestKit.Tests.Cookbook;

// <snippet>
public sealed class TillTests(ITestOutputHelper output) : ControllerTestKit(output)
{
    [Fact]
    public async Task Till_AddsUp()
    {
        int sum = 0;
        Controller till = CreateController(o => o.Mapping.On("paid", (int amount) => sum += amount));
        till.Run();

        till.Post("paid", 3);
        till.Post("paid", 4);
        await QuietAsync();

        Assert.Equal(7, sum);
    }
}
// </snippet>
