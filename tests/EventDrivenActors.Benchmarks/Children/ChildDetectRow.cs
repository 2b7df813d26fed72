using System.Diagnostics;
using EventDrivenActors.Benchmarks.Harness;

namespace EventDrivenActors.Benchmarks.Children;

/// <summary>SIGKILL of a busy child to <c>ChildLost</c>.</summary>
internal sealed class ChildDetectRow : IRow
{
    public string Name => "child-detect";

    public async IAsyncEnumerable<RatioLine> RunAsync(Course course)
    {
        EventRuntime runtime = Quiet.Runtime();
        await using (runtime.ConfigureAwait(false))
        {
            SubprocessAdapter child = null!;
            Controller controller = runtime.CreateController(options =>
                child = options.AddSubprocess(s =>
                {
                    s.Restart.MinDelay = TimeSpan.FromMilliseconds(1);
                    s.Restart.MaxRestarts = int.MaxValue;
                })
            );
            controller.Run();
            Contender ours = new(
                "SIGKILL",
                async () =>
                {
                    int id = await controller.Submit(() => Environment.ProcessId);
                    Pending lost = controller.Submit(() => Task.Delay(Timeout.Infinite));
                    await Task.Delay(50).ConfigureAwait(false);
                    using Process process = Process.GetProcessById(id);
                    long started = TimeProvider.System.GetTimestamp();
                    process.Kill();
                    await lost.SettledAsync().ConfigureAwait(false);
                    return new Sample(TimeProvider.System.GetElapsedTime(started).TotalNanoseconds);
                }
            );
            foreach (
                RatioLine line in await course
                    .RunAsync(new Race(Name, [ours], Goal.Within(TimeSpan.FromMilliseconds(100))))
                    .ConfigureAwait(false)
            )
            {
                yield return line;
            }
        }
    }
}
