using System.Runtime.CompilerServices;
using System.Threading.Tasks.Sources;

namespace EventDrivenActors.TestSupport.Contracts;

/// <content>Handlers that return events.</content>
public abstract partial class AwaitableContract
{
    [Fact]
    public async Task Handler_ThatReturnsAnEventOfAnotherController_AwaitsIt()
    {
        EventKey<int, int> key = new("typed");
        IController other = Start(m =>
            m.On(
                key,
                async (_, value) =>
                {
                    await _gate.PassAsync();
                    return value;
                }
            )
        );
        IController controller = Start(m =>
            m.On("x", _ => other.Dispatch(key, 7)).On("untyped", object (Session _) => other.Dispatch("typed", 8))
        );
        Pending running = controller.Dispatch("x");
        await _gate.Entered;
        await MarkerAsync();
        Assert.Equal(PendingStatus.Running, running.Status);
        _gate.Open();

        Assert.Equal([7], await running.Guarded());
        Assert.Equal(
            [8],
            Assert.IsAssignableFrom<IReadOnlyList<object?>>(
                Assert.Single(await controller.Dispatch("untyped").Guarded())
            )
        );
        Assert.Equal(9, await await controller.Submit(() => other.Dispatch(key, 9)).Guarded());
    }

    [Fact]
    public async Task Handler_ThatReturnsAnEventOfItsOwnController_DoesNotWaitForItself()
    {
        IController controller = null!;
        controller = Start(m => m.On("x", _ => controller.Dispatch("inner")).On("inner", _ => 1));

        Pending inner = Assert.IsAssignableFrom<Pending>(Assert.Single(await controller.Dispatch("x").Guarded()));

        Assert.Equal([1], await inner.Guarded());
    }

    [Fact]
    public async Task Handler_ThatReturnsNoTask_FailsAndSaysSo()
    {
        IController controller = Start(m =>
            m.On("null", _ => (Task)null!).On("nested", _ => Task.FromResult<Task>(null!))
        );

        foreach (string key in new[] { "null", "nested" })
        {
            Assert.Contains(
                "returned null instead of a task",
                (await Assert.ThrowsAsync<InvalidOperationException>(() => controller.Dispatch(key).Guarded())).Message
            );
        }
    }

    private async ValueTask<int> ValueAsync()
    {
        await _gate.PassAsync();
        return 7;
    }

    private ValueTask<int> ValueOfOneAsync(int one) => ValueAsync();

    private ValueTask<int> ValueOfTwoAsync(int one, int two) => ValueAsync();

    private ValueTask<int> ValueOfTokenAsync(CancellationToken token) => ValueAsync();

    private ValueTask<int> ValueOfOneAndTokenAsync(int one, CancellationToken token) => ValueAsync();

    private ValueTask<int> ValueOfSessionAsync(Session session) => ValueAsync();

    private static async ValueTask FailAsync()
    {
        await Task.Yield();
        throw new TestFailureException();
    }

    private static ValueTask FailOfOneAsync(int one) => FailAsync();

    private sealed class Awaited(Task<int> task)
    {
        public TaskAwaiter<int> GetAwaiter() => task.GetAwaiter();
    }

    private sealed class Late : Task<int>
    {
        public Late(Task<int> task)
            : base(() => 7) => _ = EndAsync(task);

        private async Task EndAsync(Task<int> task)
        {
            await task;
            Start(TaskScheduler.Default);
        }
    }

    /// <summary>Can be consumed once.</summary>
    private sealed class Source(Task<int> task) : IValueTaskSource<int>
    {
        private int _taken;

        public int GetResult(short token) =>
            Interlocked.Exchange(ref _taken, 1) == 0
                ? task.GetAwaiter().GetResult()
                : throw new InvalidOperationException("It was taken twice.");

        public ValueTaskSourceStatus GetStatus(short token) =>
            task.IsCompleted ? ValueTaskSourceStatus.Succeeded : ValueTaskSourceStatus.Pending;

        public void OnCompleted(
            Action<object?> continuation,
            object? state,
            short token,
            ValueTaskSourceOnCompletedFlags flags
        ) => task.ContinueWith(_ => continuation(state), TaskScheduler.Default);
    }
}
