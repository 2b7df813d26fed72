using EventDrivenActors.TestSupport;
using Xunit.Abstractions;

namespace EventDrivenActors.Subprocess.Tests.Children;

public sealed class ChaosTests(ITestOutputHelper output) : ChildTest
{
    private const int Seed = 20240501;
    private const int Events = 300;
    private const int MostKills = 40;

    [Fact]
    public async Task ProcessPool_WhoseChildrenAreKilledAtRandom_KeepsTheContract()
    {
        using History history = new();
        Random random = new(Seed);
        ControllerPool pool = Harness.StartPool(
            2,
            child =>
            {
                child.Idempotent("again");
                child.MaxAttempts = 1_000;
                child.MaxInFlight = 50;
                child.Restart.MaxDelay = TimeSpan.FromMilliseconds(1);
                child.Restart.MaxRestarts = 10_000;
                child.Mapping.On("once", WorkAsync).On("again", WorkAsync);
            }
        );
        using CancellationTokenSource over = new();
        Task killer = KillAsync(new Random(Seed + 1), over.Token);
        List<Pending> doomed = [];
        for (int number = 0; number < Events; number++)
        {
            bool idempotent = random.Next(2) == 0;
            Pending pending = pool.Dispatch(idempotent ? "again" : "once", args: [number, history.Folder]);
            history.Dispatched(number, pending, idempotent);
            if (random.Next(20) == 0)
            {
                doomed.Add(pending);
            }
        }

        // In the queue of the pool, on their way, or started: whatever is cancelled as such has not begun.
        doomed.ForEach(pending => pending.Cancel());
        await history.SettledAsync().Guarded();
        await over.CancelAsync();
        await killer;
        await pool.ShutdownAsync().Guarded();
        output.WriteLine(
            $"{string.Join(", ", history.Summary)}; restarts: "
                + $"{string.Join(" and ", Harness.Children.Select(child => child.Restarts))}"
        );
        await history.CheckAsync();
        Assert.All(Harness.Children, child => Assert.Null(child.ProcessId));
        Assert.NotEqual(0, Harness.Children.Sum(child => child.Restarts));
    }

    private static async Task<int> WorkAsync(int number, string folder)
    {
        History.Note(folder, number);
        await Task.Delay(2);
        return number;
    }

    /// <summary>
    /// Kills no more than some, or a slow machine would start children for ever that get nothing done.
    /// </summary>
    private async Task KillAsync(Random random, CancellationToken over)
    {
        for (int kills = 0; kills < MostKills && !over.IsCancellationRequested; kills++)
        {
            await Task.Delay(400 + random.Next(-100, 100), over).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            Harness.Children[random.Next(2)].Kill();
        }
    }
}
