using EventDrivenActors.Subprocess.Connecting;
using EventDrivenActors.Subprocess.Launching;
using EventDrivenActors.Subprocess.Tests.Channel;
using EventDrivenActors.Subprocess.Tests.Configuration;
using EventDrivenActors.Subprocess.Tests.Connecting.Programs;
using EventDrivenActors.Wire.Channel;

namespace EventDrivenActors.Subprocess.Tests.Connecting;

public sealed class HeartbeatTests : IAsyncLifetime
{
    private const int SigStop = 19;

    private readonly LinkHarness _harness = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _harness.DisposeAsync().AsTask();

    [Fact]
    public async Task Child_Frozen_IsReportedAndThenKilled()
    {
        TaskCompletionSource<TimeSpan> unresponsive = new TaskCompletionSource<TimeSpan>();
        TaskCompletionSource<TimeSpan> frozen = new TaskCompletionSource<TimeSpan>();
        ParentConnection child = await _harness.StartAsync<EchoProgram>(options =>
            options with
            {
                Settings = TestSettings.With("heartbeat { interval = 50ms, unresponsive-after = 1s, kill-after = 2s }"),
                OnSilence = silence =>
                    _ = silence.Sign switch
                    {
                        SilenceSign.Frozen => frozen.TrySetResult(silence.Length),
                        SilenceSign.Unresponsive => unresponsive.TrySetResult(silence.Length),
                        _ => false,
                    },
            }
        );
        Native.Kill(child.ProcessId, SigStop);
        Assert.True(await unresponsive.Task.WaitAsync(CollectingPeer.Guard) >= TimeSpan.FromSeconds(1));
        Assert.True(await frozen.Task.WaitAsync(CollectingPeer.Guard) >= TimeSpan.FromSeconds(2));
        Assert.Equal(9, (await child.Exited.WaitAsync(CollectingPeer.Guard)).Signal);
    }

    [Fact]
    public async Task Child_WithAStarvedPool_IsNotTakenForFrozen()
    {
        CountingTime beats = new CountingTime();
        TaskCompletionSource unresponsive = new TaskCompletionSource();
        ParentConnection child = await _harness.StartAsync<ShellProgram>(options =>
            options with
            {
                Settings = TestSettings.With(
                    "heartbeat { interval = 20ms, unresponsive-after = 100s, kill-after = 110s }"
                ),
                OnSilence = silence =>
                    _ = silence.Sign is SilenceSign.Unresponsive or SilenceSign.Frozen && unresponsive.TrySetResult(),
                Time = beats,
            }
        );
        child.Link.Send("starve"u8.ToArray());
        Assert.Equal("starved", await _harness.Peer.NextTextAsync());
        Assert.NotSame(
            unresponsive.Task,
            await Task.WhenAny(beats.SeeAsync(50), unresponsive.Task, child.Exited).WaitAsync(CollectingPeer.Guard)
        );
        Assert.False(child.Exited.IsCompleted);
    }

    /// <summary>A clock that counts by whom it is read: the parent reads it for every frame that arrives.</summary>
    private sealed class CountingTime : TimeProvider
    {
        private readonly TaskCompletionSource _seen = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _left = int.MaxValue;

        public Task SeeAsync(int more)
        {
            Volatile.Write(ref _left, more);
            return _seen.Task;
        }

        public override long GetTimestamp()
        {
            if (Thread.CurrentThread.Name != "link-heartbeat" && Interlocked.Decrement(ref _left) == 0)
            {
                _seen.TrySetResult();
            }

            return base.GetTimestamp();
        }
    }
}
