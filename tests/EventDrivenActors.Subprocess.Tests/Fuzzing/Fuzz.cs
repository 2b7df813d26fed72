using EventDrivenActors.Pure.Tests.Payloads;
using EventDrivenActors.TestSupport;

namespace EventDrivenActors.Subprocess.Tests.Fuzzing;

/// <summary>
/// Feeds damaged bytes to a reader: it may refuse them as it has declared, in bounded memory, and do nothing else. A
/// reader that does not end is found by the hang guard.
/// </summary>
internal static class Fuzz
{
    private const long MostBytes = 64L * 1024 * 1024;

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
            byte[][] batch =
            [
                .. Enumerable.Range(0, rounds).Select(_ => Mutations.Of(sample, random)),
                .. Noise(random, sample.Length, rounds / 4),
            ];
            int round = 0;
            Task reading = Task.Run(() =>
            {
                for (; round < batch.Length; round++)
                {
                    ReadOne<TRefusal>($"Seed {seed}, round {round}", batch[round], read);
                }
            });
            Assert.True(
                Task.WaitAny([reading], HangGuard.Limit) == 0,
                $"Seed {seed}, round {Volatile.Read(ref round)}: the reader does not end."
            );
            reading.GetAwaiter().GetResult();
        }
    }

    private static void ReadOne<TRefusal>(string name, byte[] bytes, Action<byte[]> read)
        where TRefusal : Exception
    {
        long allocated = GC.GetAllocatedBytesForCurrentThread();
        if (Record.Exception(() => read(bytes)) is { } failure)
        {
            Assert.True(failure is TRefusal, $"{name}, {Convert.ToHexString(bytes)}: {failure}");
        }

        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        Assert.True(allocated < MostBytes, $"{name}: {allocated} bytes were allocated.");
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
}
