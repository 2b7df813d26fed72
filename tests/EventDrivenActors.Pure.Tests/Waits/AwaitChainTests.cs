using EventDrivenActors.Waits;

namespace EventDrivenActors.Pure.Tests.Waits;

/// <summary>Holds the runtime to what <see cref="AwaitChain"/> reads.</summary>
public sealed class AwaitChainTests
{
    private readonly TaskCompletionSource _source = new();

    public static TheoryData<string> Forms => new(Awaits.Keys);

    private static Dictionary<string, Func<Task, Task>> Awaits { get; } =
        new()
        {
            ["await"] = async task => await task,
            ["await without context"] = async task => await task.ConfigureAwait(false),
            ["one of two who await"] = async task =>
            {
                _ = OtherAsync(task);
                await task;
            },
            ["value task"] = async task => await WrapAsync(task),
            ["WhenAll"] = task => Task.WhenAll(task, Task.Delay(Timeout.Infinite)),
            ["WhenAny"] = async task =>
                await await Task.WhenAny(task, Task.Delay(Timeout.Infinite), Task.Delay(Timeout.Infinite)),
            ["WhenAny of two"] = async task => await await Task.WhenAny(task, Task.Delay(Timeout.Infinite)),
            ["WaitAsync"] = task => task.WaitAsync(TimeSpan.FromDays(1)),
            ["Unwrap"] = task =>
            {
                // Of a task that has ended, Unwrap gives the inner task itself.
                TaskCompletionSource<Task> outer = new();
                Task awaiting = outer.Task.Unwrap();
                outer.SetResult(task);
                return awaiting;
            },
            ["OnCompleted"] = async task => await new Custom(task),
        };

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task Leads_FromWhatIsAwaited_ToWhoAwaitsIt(string form)
    {
        Task awaiting = Awaits[form](_source.Task);
        Assert.True(SpinWait.SpinUntil(() => AwaitChain.Leads(_source.Task, awaiting), TimeSpan.FromSeconds(30)));

        Assert.False(AwaitChain.Leads(awaiting, _source.Task));
        _source.SetResult();
        if (form != "WhenAll")
        {
            await awaiting;
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Blocks_AThread_IsSeenThroughWhatAwaits(bool all)
    {
        Task awaiting = OtherAsync(_source.Task);
        Assert.False(AwaitChain.Blocks(_source.Task));

        Thread thread = new(() =>
        {
            if (all)
            {
                Task.WaitAll([awaiting, _source.Task]);
            }

            awaiting.GetAwaiter().GetResult();
        });
        thread.Start();
        Assert.True(SpinWait.SpinUntil(() => AwaitChain.Blocks(_source.Task), TimeSpan.FromSeconds(30)));

        _source.SetResult();
        await awaiting;
        thread.Join();
    }

    [Fact]
    public async Task Leads_InASynchronizationContext_ToWhoAwaits()
    {
        SynchronizationContext.SetSynchronizationContext(new SynchronizationContext());
        Task awaiting = Awaits["await"](_source.Task);
        SynchronizationContext.SetSynchronizationContext(null);

        Assert.True(AwaitChain.Leads(_source.Task, awaiting));
        _source.SetResult();
        await awaiting;
    }

    [Fact]
    public async Task Leads_AfterAnotherHasEndedTheWait_Nowhere()
    {
        TaskCompletionSource other = new();
        TaskCompletionSource later = new();
        Task awaiting = AwaitAsync();
        other.SetResult();
        Assert.True(SpinWait.SpinUntil(() => AwaitChain.Leads(later.Task, awaiting), TimeSpan.FromSeconds(30)));

        Assert.False(AwaitChain.Leads(_source.Task, awaiting));
        later.SetResult();
        await awaiting;

        async Task AwaitAsync()
        {
            await Task.WhenAny(_source.Task, other.Task);
            await later.Task;
        }
    }

    private static async Task OtherAsync(Task task) => await task;

    private static async ValueTask WrapAsync(Task task) => await task;

    private readonly struct Custom(Task task) : System.Runtime.CompilerServices.INotifyCompletion
    {
        public bool IsCompleted => false;

        public Custom GetAwaiter() => this;

        public void GetResult() => task.GetAwaiter().GetResult();

        public void OnCompleted(Action continuation) => task.GetAwaiter().OnCompleted(continuation);
    }
}
