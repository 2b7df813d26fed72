using EventDrivenActors.EventLoop;

namespace EventDrivenActors.Pure.Tests.EventLoop;

/// <summary>Who begins to wait at the moment in which an event settles is let go on, and once.</summary>
public sealed class PendingWaitersTests
{
    private const int Rounds = 5_000;
    private static readonly TimeSpan Limit = TestSupport.HangGuard.Limit;
    private readonly LoopFacade _loop = new LoopRig(new MappingBlueprint()).Loop;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Awaiters_AtTheMomentOfSettling_GoOnOnce(int awaiters)
    {
        await RaceAsync(async pending =>
        {
            int released = 0;
            Task[] waiting =
            [
                .. Enumerable
                    .Range(0, awaiters)
                    .Select(async _ =>
                    {
                        Assert.Equal([7], await pending);
                        Interlocked.Increment(ref released);
                    }),
            ];
            await Task.WhenAll(waiting).WaitAsync(Limit);
            Assert.Equal(awaiters, released);
        });
    }

    [Fact]
    public async Task Callback_AtTheMomentOfSettling_IsCalledOnce()
    {
        await RaceAsync(async pending =>
        {
            int called = 0;
            TaskCompletionSource done = new(TaskCreationOptions.RunContinuationsAsynchronously);
            pending.WhenSettled(outcome =>
            {
                Assert.Equal([7], outcome.Results);
                Interlocked.Increment(ref called);
                done.TrySetResult();
            });
            Assert.Equal([7], await pending);
            await done.Task.WaitAsync(Limit);
            Assert.Equal(1, called);
        });
    }

    [Fact]
    public async Task Cancel_AtTheMomentOfCompletion_LetsOneOfThemWin()
    {
        await RaceAsync(async pending =>
        {
            pending.TrySettle(EventOutcome.Cancelled);
            PendingStatus status = await pending.SettledAsync().WaitAsync(Limit);
            Assert.Equal(status == PendingStatus.Completed ? [7] : [], pending.Outcome.Results);
        });
    }

    /// <summary>Completes pendings on one thread while another one does something with each.</summary>
    private async Task RaceAsync(Func<CountingPending, Task> meet)
    {
        CountingPending[] pendings =
        [
            .. Enumerable.Range(0, Rounds).Select(_ => new CountingPending(_loop, "x", null)),
        ];
        int met = -1;
        Thread settler = new(() =>
        {
            for (int i = 0; i < pendings.Length; i++)
            {
                pendings[i].TryStart(_loop);
                SpinWait.SpinUntil(() => Volatile.Read(ref met) >= i, Limit);
                pendings[i].TryComplete(7, 1);
            }
        });
        settler.Start();

        // Away from the context of the test runner, which would have the continuations posted to it.
        await Task.Run(async () =>
        {
            for (int i = 0; i < pendings.Length; i++)
            {
                Volatile.Write(ref met, i);
                await meet(pendings[i]);
            }
        });
        settler.Join();
        Assert.All(pendings, pending => Assert.Equal(1, pending.Settled));
    }
}
