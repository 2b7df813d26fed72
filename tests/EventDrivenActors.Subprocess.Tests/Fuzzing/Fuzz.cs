using System.Globalization;
using EventDrivenActors.Pure.Tests.Wire;

namespace EventDrivenActors.Subprocess.Tests.Fuzzing;

/// <summary>Feeds damaged bytes to a reader: it may refuse them as it has declared, in bounded time and memory, and do nothing else.</summary>
internal static class Fuzz
{
    private const long MostBytes = 64L * 1024 * 1024;
    private static readonly TimeSpan MostTime = TimeSpan.FromSeconds(1);

    /// <param name="seed">Printed when something goes wrong; the same seed damages the same bytes.</param>
    /// <param name="samples">Sound bytes.</param>
    /// <param name="read">The reader.</param>
    /// <param name="rounds">How many inputs a batch has; each sample makes one batch.</param>
    /// <typeparam name="TRefusal">The exception that the reader may throw.</typeparam>
    public static void Run<TRefusal>(int seed, IReadOnlyList<byte[]> samples, Action<byte[]> read, int rounds = 400)
        where TRefusal : Exception
    {
        Random random = new(seed);
        foreach (byte[] sample in samples)
        {
            read(sample);
            byte[][] batch = [.. Enumerable.Range(0, rounds).Select(_ => Mutations.Of(sample, random)), .. Noise(random, sample.Length, rounds / 4)];
            TimeSpan worked = ThreadTime();
            for (int round = 0; round < batch.Length; round++)
            {
                long allocated = GC.GetAllocatedBytesForCurrentThread();
                if (Record.Exception(() => read(batch[round])) is { } failure)
                    Assert.True(failure is TRefusal, $"Seed {seed}, round {round}, {Convert.ToHexString(batch[round])}: {failure}");
                allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
                Assert.True(allocated < MostBytes, $"Seed {seed}, round {round}: {allocated} bytes were allocated.");
            }

            worked = ThreadTime() - worked;
            Assert.True(worked < MostTime, $"Seed {seed}: a batch worked for {worked}.");
        }
    }

    private static IEnumerable<byte[]> Noise(Random random, int length, int rounds)
    {
        for (int round = 0; round < rounds; round++)
        {
            byte[] noise = new byte[random.Next(length * 2)];
            random.NextBytes(noise);
            yield return noise;
        }
    }

    /// <summary>The processor time of this thread, which other work on the machine does not change; zero where it is not to be had.</summary>
    private static TimeSpan ThreadTime()
    {
        const string statistics = "/proc/thread-self/schedstat";
        return File.Exists(statistics)
            ? TimeSpan.FromTicks(long.Parse(File.ReadAllText(statistics).Split(' ')[0], CultureInfo.InvariantCulture) / 100)
            : TimeSpan.Zero;
    }
}
