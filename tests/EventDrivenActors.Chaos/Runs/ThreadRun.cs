using EventDrivenActors.Chaos.Checking;

namespace EventDrivenActors.Chaos.Runs;

/// <summary>Many threads that dispatch at once.</summary>
internal sealed class ThreadRun(int threads, int eventsEach)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    public async Task<Verdict> RunAsync()
    {
        await using ChaosRig rig = new();
        Controller controller = rig.StartController("crowd", child => child.Workers = 2);
        await Task.WhenAll(
            Enumerable
                .Range(0, threads)
                .Select(thread =>
                    Task.Factory.StartNew(
                        () =>
                        {
                            for (int number = 0; number < eventsEach; number++)
                            {
                                _ = rig.Recorder.Work(controller);
                            }
                        },
                        TaskCreationOptions.LongRunning
                    )
                )
        );
        return await rig.EndAsync(Patience);
    }
}
