using EventDrivenActors.Subprocess.Launching;
using EventDrivenActors.Subprocess.Link;
using EventDrivenActors.Subprocess.Tests.Link.Programs;

namespace EventDrivenActors.Subprocess.Tests.Link;

public sealed class HeartbeatTests : IAsyncLifetime
{
    private const int SigStop = 19;

    private readonly LinkHarness _harness = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _harness.DisposeAsync().AsTask();

    [Fact]
    public async Task Child_Frozen_IsReportedAndThenKilled()
    {
        var unresponsive = new TaskCompletionSource<TimeSpan>();
        var frozen = new TaskCompletionSource<TimeSpan>();
        var child = await _harness.StartAsync<EchoProgram>(options => options with
        {
            Settings = TestSettings.With("heartbeat { interval = 50ms, unresponsive-after = 1s, kill-after = 2s }"),
            OnSilence = silence => (silence.Sign == SilenceSign.Frozen ? frozen : unresponsive).TrySetResult(silence.Length),
        });
        Native.Kill(child.ProcessId, SigStop);
        Assert.True(await unresponsive.Task.WaitAsync(CollectingPeer.Guard) >= TimeSpan.FromSeconds(1));
        Assert.True(await frozen.Task.WaitAsync(CollectingPeer.Guard) >= TimeSpan.FromSeconds(2));
        Assert.Equal(9, (await child.Exited.WaitAsync(CollectingPeer.Guard)).Signal);
    }

    [Fact]
    public async Task Child_WithAStarvedPool_IsNotTakenForFrozen()
    {
        var unresponsive = false;
        var child = await _harness.StartAsync<ShellProgram>(options => options with
        {
            Settings = TestSettings.With("heartbeat { interval = 50ms, unresponsive-after = 1500ms, kill-after = 20s }"),
            OnSilence = _ => unresponsive = true,
        });
        child.Link.Send("starve"u8.ToArray());
        await Task.WhenAny(child.Exited, Task.Delay(TimeSpan.FromSeconds(2)));
        Assert.False(child.Exited.IsCompleted);
        Assert.False(unresponsive);
    }
}
