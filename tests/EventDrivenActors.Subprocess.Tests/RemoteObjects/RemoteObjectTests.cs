using EventDrivenActors.Subprocess.Tests.Children;
using EventDrivenActors.TestSupport;

namespace EventDrivenActors.Subprocess.Tests.RemoteObjects;

/// <summary>Objects in one child that all these tests share.</summary>
public sealed partial class RemoteObjectTests(ObjectChild shared) : IClassFixture<ObjectChild>
{
    [Fact]
    public async Task Members_OfEveryShape_AreCalledInTheChild()
    {
        ICounter counter = await shared.CreateAsync(10);

        counter.Add(1);
        Assert.Equal(13, counter.AddAndGet(2));
        await counter.AddAsync(3).Guarded();
        Assert.Equal(20, await counter.AddAndGetAsync(4).Guarded());
        await counter.AddLaterAsync(5).AsTask().Guarded();
        Assert.Equal(26, await counter.AddLaterAndGetAsync().AsTask().Guarded());
        Assert.Equal(26, counter.Value);
        Assert.Null(await counter.NullAsync().Guarded());
    }

    [Fact]
    public async Task Properties_IndexersAndInheritedMembers_AreCalledInTheChild()
    {
        ICounter counter = await shared.CreateAsync(0);

        counter.Name = "Ada";
        counter["a"] = 5;

        Assert.Equal("Ada", counter.Name);
        Assert.Equal(5, counter["a"]);
        Assert.Equal("Ada greets Bob", counter.Greet("Bob"));
    }

    [Fact]
    public async Task GenericMethods_CarryTheTypesThatTheyAreClosedWith()
    {
        ICounter counter = await shared.CreateAsync(0);

        Assert.Equal(new Point(1, 2), counter.Echo(new Point(1, 2)));
        Assert.Equal("text", counter.Echo("text"));
        Assert.Equal([Colour.Green, Colour.Green], await counter.RepeatAsync(Colour.Green, 2).Guarded());
        Assert.Throws<ArgumentException>(() => counter.Echo<Action>(() => { }));
    }

    [Fact]
    public async Task Object_LivesInTheChildAndSeesItsSession()
    {
        ICounter counter = await shared.CreateAsync(0);

        Assert.Matches($"^{shared.Child.ProcessId} set up [01]$", counter.Where());
        Assert.Equal(
            (shared.Child.ProcessId, true),
            (((IRemoteObject)counter).ProcessId, ((IRemoteObject)counter).IsAlive)
        );
        Assert.Contains($"'{shared.Child.ProcessId}'", counter.ToString());
    }

    [Fact]
    public async Task Constructor_IsChosenByTheArguments()
    {
        Assert.Equal(7, (await shared.CreateAsync("Ada")).Value);
        Assert.Equal(8, (await shared.CreateAsync("Ada", 8)).Value);
        Assert.Contains(
            "(Int32 start)",
            (await Assert.ThrowsAsync<ArgumentException>(() => shared.CreateAsync(1, 2, 3))).Message
        );
        Assert.Contains(
            "(null)",
            (
                await Assert.ThrowsAsync<ArgumentException>(() =>
                    shared.Child.CreateRemoteAsync<IOnlyNumber, OnlyNumber>([null])
                )
            ).Message
        );
    }

    [Fact]
    public async Task Constructor_ThatThrows_FaultsTheCallAndTheChildLives()
    {
        int? process = shared.Child.ProcessId;

        RemoteHandlerException failure = await Assert.ThrowsAsync<RemoteHandlerException>(() => shared.CreateAsync(-1));

        Assert.Equal(typeof(ArgumentOutOfRangeException).FullName, failure.RemoteType);
        Assert.Equal(1, (await shared.CreateAsync(1)).Value);
        Assert.Equal(process, shared.Child.ProcessId);
    }

    [Fact]
    public async Task Failure_OfASynchronousMember_IsThrownByTheCall()
    {
        ICounter counter = await shared.CreateAsync(0);

        RemoteHandlerException failure = Assert.Throws<RemoteHandlerException>(() => counter.Throw("outer"));

        Assert.Equal(
            (typeof(InvalidOperationException).FullName, "outer"),
            (failure.RemoteType, failure.RemoteMessage)
        );
        Assert.Contains(nameof(Counter.Throw), failure.RemoteStackTrace);
        Assert.Equal("inner", Assert.Single(failure.RemoteInnerExceptions).RemoteMessage);
        Assert.Contains("'ICounter.Throw'", failure.Message);
    }

    [Fact]
    public async Task Failure_OfAnAsynchronousMember_ComesThroughItsTask()
    {
        ICounter counter = await shared.CreateAsync(0);

        Task call = counter.ThrowAsync("later");

        Assert.Equal("later", (await Assert.ThrowsAsync<RemoteHandlerException>(() => call.Guarded())).RemoteMessage);
    }

    [Fact]
    public async Task Argument_ThatMayNotCross_IsRefusedAtTheCaller()
    {
        ICounter counter = await shared.CreateAsync(0);

        Assert.Contains(
            nameof(Unlisted),
            Assert.Throws<PayloadRefusedException>(() => counter.Take(new Unlisted(1))).Message
        );
        Assert.Contains(
            "1048576",
            Assert.Throws<PayloadRefusedException>(() => counter.Take(new byte[2 * 1024 * 1024])).Message
        );
        Assert.Contains(
            "'new ICounter'",
            (
                await Assert.ThrowsAsync<PayloadRefusedException>(() =>
                    shared.CreateAsync(new string('x', 2 * 1024 * 1024))
                )
            ).Message
        );
        Assert.Equal(0, counter.Value);
    }

    [Fact]
    public async Task Result_ThatMayNotCross_FaultsTheCall()
    {
        ICounter counter = await shared.CreateAsync(3);

        Assert.Contains(nameof(Unlisted), Assert.Throws<RemoteHandlerException>(counter.Unlisted).RemoteMessage);
        Assert.Equal(3, counter.Value);
    }

    [Fact]
    public async Task Calls_OfOneObject_RunOneAtATimeInTheirOrder()
    {
        ICounter counter = await shared.CreateAsync(0);
        Task[] calls = [.. Enumerable.Range(0, 200).Select(counter.AddAsync)];

        await Task.WhenAll(calls).Guarded();

        Assert.Equal(Enumerable.Range(0, 200), await counter.OrderAsync().Guarded());
    }

    [Fact]
    public async Task Calls_OfDifferentObjects_RunAtTheSameTime()
    {
        ICounter first = await shared.CreateAsync("first", 1);
        ICounter second = await shared.CreateAsync("second", 2);
        using CancellationTokenSource source = new();
        Task<int> held = first.HoldAsync(source.Token);
        await shared.Harness.HeardAsync("holding first");

        Assert.Equal(3, second.AddAndGet(1));

        Assert.False(held.IsCompleted);
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => held.Guarded());
    }
}
