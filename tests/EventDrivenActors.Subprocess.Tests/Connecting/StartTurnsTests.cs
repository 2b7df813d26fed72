using EventDrivenActors.Subprocess.Connecting;
using EventDrivenActors.Subprocess.Launching;
using EventDrivenActors.Subprocess.Tests.Channel;
using EventDrivenActors.Subprocess.Tests.Configuration;
using EventDrivenActors.TestKit;
using EventDrivenActors.TestSupport;

namespace EventDrivenActors.Subprocess.Tests.Connecting;

public sealed class StartTurnsTests
{
    [Fact]
    public async Task Turns_AreGivenInOrder_AndNoMoreThanThereAre()
    {
        StartTurns turns = new(2);
        Task<IDisposable>[] taken =
        [
            .. Enumerable.Range(0, 5).Select(_ => turns.TakeAsync(TimeProvider.System, CancellationToken.None)),
        ];
        Assert.Equal([true, true, false, false, false], taken.Select(turn => turn.IsCompleted));

        (await taken[1]).Dispose();
        (await taken[1]).Dispose();

        await taken[2].Guarded();
        Assert.Equal([false, false], taken[3..].Select(turn => turn.IsCompleted));
    }

    [Fact]
    public async Task Turn_ThatTakesTooLong_HoldsUpNobody()
    {
        VirtualTime clock = new();
        StartTurns turns = new(1);
        using IDisposable slow = await turns.TakeAsync(clock, CancellationToken.None);
        Task<IDisposable> next = turns.TakeAsync(clock, CancellationToken.None);

        clock.Advance(TimeSpan.FromSeconds(4));
        Assert.False(next.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(1));

        await next.Guarded();
        slow.Dispose();
        Assert.False(turns.TakeAsync(clock, CancellationToken.None).IsCompleted);
    }

    [Fact]
    public async Task Cancelled_Waiting_TakesNoTurn()
    {
        StartTurns turns = new(1);
        using CancellationTokenSource cancel = new();
        IDisposable first = await turns.TakeAsync(TimeProvider.System, CancellationToken.None);
        Task<IDisposable> cancelled = turns.TakeAsync(TimeProvider.System, cancel.Token);
        Task<IDisposable> next = turns.TakeAsync(TimeProvider.System, CancellationToken.None);

        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled.Guarded());
        first.Dispose();

        await next.Guarded();
    }

    /// <summary>The time of a start is its own: however long it waits for its turn, it is not late.</summary>
    [Fact]
    public async Task FiftyStarts_RunTwoAtATime_AndNoneIsLateBecauseOfTheOthers()
    {
        VirtualTime clock = new();
        await using LinkHarness harness = new();
        StartTurns turns = new(2);
        Journal<StuckChild> launched = new();
        Task<ParentConnection>[] starts =
        [
            .. Enumerable
                .Range(0, 50)
                .Select(_ =>
                    ParentConnection.StartAsync(
                        new ParentConnectionOptions
                        {
                            System = harness.System,
                            Peer = new CollectingPeer(),
                            Time = clock,
                            Settings = TestSettings.With("start-timeout = 4s"),
                            Turns = turns,
                            Launcher = _ =>
                            {
                                StuckChild child = new();
                                launched.Add(child);
                                return child;
                            },
                        }
                    )
                ),
        ];

        for (int ended = 0; ended < 50; ended++)
        {
            IReadOnlyList<StuckChild> now = await launched.WaitForAsync(Math.Min(ended + 2, 50));
            Assert.Equal(Math.Min(ended + 2, 50), now.Count);
            clock.Advance(TimeSpan.FromSeconds(1));
            now[ended].End();
        }

        foreach (Task<ParentConnection> start in starts)
        {
            ChildStartException failure = await Assert.ThrowsAsync<ChildStartException>(() => start.Guarded());
            Assert.Equal(3, failure.Exit?.ExitCode);
        }
    }

    /// <summary>Starts, and never connects.</summary>
    private sealed class StuckChild : IChildProcess
    {
        private readonly TaskCompletionSource<ChildExit> _exited = new(
            TaskCreationOptions.RunContinuationsAsynchronously
        );

        public int ProcessId => Environment.ProcessId;

        public Task<ChildExit> Exited => _exited.Task;

        public Task SendStartAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken) =>
            Task.CompletedTask;

        public void Terminate() { }

        public void Kill() => _exited.TrySetResult(new ChildExit(null, Native.SigKill, []));

        public void End() => _exited.TrySetResult(new ChildExit(3, null, []));

        public async ValueTask DisposeAsync()
        {
            Kill();
            await Exited;
        }
    }
}
