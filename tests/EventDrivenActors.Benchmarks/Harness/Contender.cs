using System.Diagnostics;

namespace EventDrivenActors.Benchmarks.Harness;

/// <summary>One of those who do the same work.</summary>
/// <param name="Name">Who it is.</param>
/// <param name="Round">Does the work once and says what it cost.</param>
internal sealed record Contender(string Name, Func<Task<Sample>> Round)
{
    private const int FirstOperations = 1000;

    /// <summary>
    /// A contender that repeats an operation; how often is found out, so that a round takes the time that it should.
    /// </summary>
    /// <param name="name">Who it is.</param>
    /// <param name="course">Says how long a round should take.</param>
    /// <param name="run">Does the operation so many times and waits for the last one.</param>
    /// <param name="first">How often it is done the first time, and at least.</param>
    public static Contender Repeating(string name, Course course, Func<int, Task> run, int first = FirstOperations)
    {
        int operations = first;
        return new Contender(
            name,
            async () =>
            {
                long bytes = GC.GetTotalAllocatedBytes(precise: true);
                long started = Stopwatch.GetTimestamp();
                await run(operations).ConfigureAwait(false);
                TimeSpan elapsed = Stopwatch.GetElapsedTime(started);
                Sample sample = new(
                    elapsed.TotalNanoseconds / operations,
                    (GC.GetTotalAllocatedBytes(precise: true) - bytes) / (double)operations
                );
                double wished = course.RoundTime / elapsed * operations;
                operations = (int)Math.Clamp(wished, first, 4.0 * operations);
                return sample;
            }
        );
    }
}
