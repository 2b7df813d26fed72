using EventDrivenActors.Subprocess.Connecting;
using EventDrivenActors.Subprocess.Launching;
using EventDrivenActors.Subprocess.Tests.Connecting;
using EventDrivenActors.Subprocess.Tests.Launching;
using EventDrivenActors.TestSupport;

namespace EventDrivenActors.Subprocess.Tests.Children;

public sealed class OrphanTests : ChildTest
{
    [Theory]
    [InlineData("hold")]
    [InlineData("spin")]
    public async Task Parent_KilledWithSignal9_TakesItsControllersChildWithIt(string busy)
    {
        await using LinkHarness harness = new();
        ParentConnection parent = await harness.StartAsync<ControllerProgram>();
        parent.Link.Send(System.Text.Encoding.UTF8.GetBytes(busy));
        int child = int.Parse(await harness.Peer.NextTextAsync());
        Assert.True(Processes.IsAlive(child));

        Native.Kill(parent.ProcessId, Native.SigKill);

        await Processes.GoneAsync(child).Guarded();
    }

    [Fact]
    public async Task ControllerWithAChild_OpensNoTcpPort()
    {
        int process = await ProcessOfAsync(Harness.Start());

        HashSet<string> sockets = Processes.Sockets(process);
        sockets.UnionWith(Processes.Sockets(Environment.ProcessId));

        Assert.DoesNotContain(Processes.ListeningTcp(), sockets.Contains);
    }
}
