using EventDrivenActors.TestKit.Loops;

namespace EventDrivenActors.TestKit;

public partial class ControllerTestKit
{
    /// <summary>
    /// Runs a test once per seed, with all its controllers on one thread. The seed chooses how their turns and the
    /// continuations of their handlers interleave.
    /// </summary>
    /// <param name="seeds">The number of seeds, starting at 1.</param>
    /// <param name="test">
    /// The test. It must create its own controllers: <see cref="Runtime"/> is a new one for each seed, and ends after
    /// the test with everything that it has created. The test must not block. A seed cannot order what comes from
    /// outside the loops, such as files and child processes.
    /// </param>
    /// <returns>A task that completes when no seed has failed.</returns>
    /// <exception cref="InterleavingException">
    /// The test failed with a seed. The message names the seed and shows the order of events.
    /// </exception>
    public async Task ExploreAsync(int seeds, Func<Task> test)
    {
        for (int seed = 1; seed <= seeds; seed++)
        {
            await ReplayAsync(seed, test).ConfigureAwait(false);
        }
    }

    /// <summary>Runs a test in the interleaving of one seed, in the same order each time.</summary>
    /// <param name="seed">The seed, as a failure of <see cref="ExploreAsync"/> names it.</param>
    /// <param name="test">The test.</param>
    /// <returns>A task that completes when the test has passed.</returns>
    /// <exception cref="InterleavingException">The test failed.</exception>
    public async Task ReplayAsync(int seed, Func<Task> test)
    {
        ArgumentNullException.ThrowIfNull(test);
        await EndAsync().ConfigureAwait(false);
        await QuietAsync().ConfigureAwait(false);
        _journals.Clear();
        _runtimes.Clear();
        Runtime = CreateRuntime();
        Exception? failure = await Record(() => RunSeededAsync(seed, test)).ConfigureAwait(false);
        string order = _journals.DescribeOrder();
        await EndAsync().ConfigureAwait(false);
        KitFinding[] findings = FailingFindings();
        if (failure is null && findings.Length == 0)
        {
            return;
        }

        string reason = failure?.Message ?? string.Join<KitFinding>(Environment.NewLine, findings);
        throw new InterleavingException(
            seed,
            $"The interleaving of seed {seed} failed; {nameof(ReplayAsync)}({seed}, …) runs it "
                + $"again.{Environment.NewLine}{reason}{Environment.NewLine}The order of "
                + $"events:{Environment.NewLine}{order}",
            failure
        );
    }

    private async Task RunSeededAsync(int seed, Func<Task> test)
    {
        SeededPump pump = new(_journals.Work, new Random(seed).Next);
        TaskCompletionSource<Task?> done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _journals.Work.Pump = pump;
        Thread thread = new(() =>
        {
            Task? ran = null;
            try
            {
                ran = pump.Run(test);
            }
            catch (Exception broken)
            {
                ran = Task.FromException(broken);
            }

            pump.Close();
            done.SetResult(ran);
        })
        {
            IsBackground = true,
            Name = "interleaving",
        };
        thread.UnsafeStart();
        Task? result = await done.Task.ConfigureAwait(false);
        await (
            result
            ?? throw new TimeoutException(
                "Nothing is left to run, and the test still waits: for an event that never comes, or for something "
                    + "real that takes too long."
            )
        ).ConfigureAwait(false);
    }

    private static async Task<Exception?> Record(Func<Task> action)
    {
        try
        {
            await action().ConfigureAwait(false);
            return null;
        }
        catch (Exception exception)
        {
            return exception;
        }
    }
}
