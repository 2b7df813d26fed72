using EventDrivenActors.Subprocess.Testing;
using EventDrivenActors.Subprocess.Tests.Children;
using EventDrivenActors.TestKit;
using EventDrivenActors.TestSupport;

namespace EventDrivenActors.Subprocess.Tests.RemoteObjects;

/// <content>Calls that take too long.</content>
public sealed partial class ObjectLifeTests
{
    [Fact]
    public async Task Call_PastItsTime_TimesOutAndHoldsBackTheNextOfItsObjectOnly()
    {
        StartOnAClock(child => child.Workers = 2);
        ICounter stuck = await CreateAsync("stuck", 1);
        ICounter free = await CreateAsync("free", 1);

        EventTimeoutException late = await Assert.ThrowsAsync<EventTimeoutException>(() =>
            Harness.PassTimeAsync(stuck.IgnoreTokenAsync())
        );

        Assert.Contains("'ICounter.IgnoreTokenAsync'", late.Message);
        Task<int> behind = stuck.AddAndGetAsync(1);
        Assert.Equal(2, await free.AddAndGetAsync(1).Guarded());
        Assert.False(behind.IsCompleted);
        Harness.Child.Kill();
        await Assert.ThrowsAsync<ChildLostException>(() => behind.Guarded());
    }

    [Fact]
    public async Task Call_PastItsTime_CostsAChildThatKillsItsLife()
    {
        StartOnAClock(child => child.KillOnTimeout = true);
        ICounter stuck = await CreateAsync("stuck", 1);
        Task late = stuck.IgnoreTokenAsync();
        Task<int> behind = stuck.AddAndGetAsync(1);

        await Assert.ThrowsAsync<EventTimeoutException>(() => Harness.PassTimeAsync(late));

        await Assert.ThrowsAsync<ChildLostException>(() => Harness.PassTimeAsync(behind));
        await Harness.PassTimeAsync(Harness.Child.ReadyAsync());
        Assert.Equal(2, (await CreateAsync("next", 2)).Value);
    }

    [Fact]
    public async Task Pool_HasItsObjectsInTheChildOfTheAdapterThatMadeThem()
    {
        List<SubprocessAdapter> children = [];
        ControllerPool pool = Harness.Runtime.CreatePool(
            2,
            options => children.Add(options.AddSubprocess(child => child.RunInProcess()))
        );
        pool.Run();
        ICounter first = await children[0].CreateRemoteAsync<ICounter, Counter>("first", 1).Guarded();
        ICounter second = await children[1].CreateRemoteAsync<ICounter, Counter>("second", 2).Guarded();

        children[0].Kill();

        await Assert.ThrowsAsync<ChildLostException>(() => WhenLostAsync(first).Guarded());
        Assert.Equal(3, await second.AddAndGetAsync(1).Guarded());
        await pool.ShutdownAsync().Guarded();
        await Assert.ThrowsAsync<ChildLostException>(() => second.AddAsync(1));
    }

    private ChildHarness Harness => _harness ??= new ChildHarness();

    private SubprocessAdapter Child { get; set; } = null!;

    private Controller Start(Action<SubprocessOptions>? child = null, Action<ControllerOptions>? configure = null) =>
        Harness.Start(
            options =>
            {
                options.RunInProcess();
                child?.Invoke(options);
            },
            configure
        );

    /// <summary>
    /// As <see cref="Start"/>, with a time-out, on a clock that only the test moves: calls that are to end in time
    /// always do.
    /// </summary>
    private void StartOnAClock(Action<SubprocessOptions> child)
    {
        _harness = new ChildHarness(time: new VirtualTime());
        Start(options =>
        {
            options.EventTimeout = TimeSpan.FromMilliseconds(100);
            options.KillGrace = TimeSpan.FromMilliseconds(20);
            child(options);
        });
    }

    private static async Task HeardAsync(string line)
    {
        for (int count = 0; !Counter.Said.Entries.Contains(line); count = Counter.Said.Count)
        {
            await Counter.Said.WaitForAsync(count + 1);
        }
    }

    private Task<ICounter> CreateAsync(params object?[] args) =>
        Harness.Child.CreateRemoteAsync<ICounter, Counter>(args).Guarded();

    private static async Task WhenLostAsync(ICounter counter)
    {
        while (true)
        {
            await counter.AddAsync(1);
        }
    }
}
