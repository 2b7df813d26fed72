namespace EventDrivenActors.Benchmarks.Harness;

/// <summary>
/// Contenders that keep so many questions in flight: the oldest answer is awaited before the next question is asked.
/// </summary>
internal static class Ring
{
    public static Contender Of<TResult>(
        string name,
        Course course,
        int inFlight,
        Func<int, Task<TResult>> ask,
        int? first = null
    ) =>
        Contender.Repeating(
            name,
            course,
            async n =>
            {
                Task<TResult>[] ring = [.. Enumerable.Range(0, inFlight).Select(ask)];
                for (int i = inFlight; i < n; i++)
                {
                    await ring[i % inFlight].ConfigureAwait(false);
                    ring[i % inFlight] = ask(i);
                }

                await Task.WhenAll(ring).ConfigureAwait(false);
            },
            first ?? Math.Max(inFlight, 1000)
        );

    public static Contender Of<TResult>(
        string name,
        Course course,
        int inFlight,
        Func<int, Pending<TResult>> ask,
        int? first = null
    ) =>
        Contender.Repeating(
            name,
            course,
            async n =>
            {
                Pending<TResult>[] ring = [.. Enumerable.Range(0, inFlight).Select(ask)];
                for (int i = inFlight; i < n; i++)
                {
                    await ring[i % inFlight];
                    ring[i % inFlight] = ask(i);
                }

                for (int i = 0; i < inFlight; i++)
                {
                    await ring[i];
                }
            },
            first ?? Math.Max(inFlight, 1000)
        );
}
