using EventDrivenActors.TestKit;
using EventDrivenActors.TestSupport;

namespace EventDrivenActors.Subprocess.Tests.Children;

/// <summary>A harness for each test, and no process left behind by any.</summary>
/// <param name="hocon">Changes to the settings of child processes.</param>
/// <param name="time">The clock; that of the system unless a test has its own.</param>
public abstract class ChildTest(string hocon = "", VirtualTime? time = null) : IAsyncLifetime
{
    private readonly HashSet<int> _processes = [];

    protected ChildHarness Harness { get; } = new(hocon, time);

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await Harness.DisposeAsync().AsTask().Guarded();
        await Task.WhenAll(_processes.Select(Launching.Processes.GoneAsync));
    }

    /// <summary>The process in which the controller's events run now.</summary>
    protected async Task<int> ProcessOfAsync(IController controller)
    {
        int process = (int)(await controller.Dispatch("process").Guarded())[0]!;
        _processes.Add(process);
        return process;
    }

    /// <summary>The process of the spare, once it is ready and is not another one's.</summary>
    protected async Task<int> SpareAsync(params int[] others)
    {
        using CancellationTokenSource guard = new(HangGuard.Limit);
        int? process;
        while ((process = Harness.Child.SpareProcessId) is null || others.Contains(process.Value))
        {
            await Task.Delay(5, guard.Token);
        }

        _processes.Add(process.Value);
        return process.Value;
    }

    /// <summary>Completes when the child is in a state.</summary>
    protected async Task IsAsync(ChildState state)
    {
        using CancellationTokenSource guard = new(HangGuard.Limit);
        while (Harness.Child.State != state)
        {
            await Task.Delay(5, guard.Token);
        }
    }

    /// <summary>Completes when a child has been replaced so often and the new one takes events.</summary>
    protected static async Task ReplacedAsync(SubprocessAdapter child, int restarts = 1)
    {
        using CancellationTokenSource guard = new(HangGuard.Limit);
        while (child.Restarts != restarts || child.State != ChildState.Ready)
        {
            await Task.Delay(5, guard.Token);
        }
    }

    /// <summary>The numbers of the "mark" events that have run in the child of now.</summary>
    protected static async Task<IEnumerable<int>> MarksAsync(IController controller) =>
        (int[])(await controller.Dispatch("marks").Guarded())[0]!;
}
