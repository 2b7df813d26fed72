namespace EventDrivenActors.Benchmarks.Harness;

/// <summary>How races are run: contenders warmed up, then interleaved, and the median of the rounds taken.</summary>
/// <param name="Rounds">How many rounds count.</param>
/// <param name="RoundTime">How long a round of a repeated operation takes.</param>
/// <param name="WarmUp">How long each contender runs before.</param>
internal sealed record Course(int Rounds, TimeSpan RoundTime, TimeSpan WarmUp)
{
    public static Course Full { get; } = new(11, TimeSpan.FromMilliseconds(400), TimeSpan.FromSeconds(5));

    /// <summary>Within a minute a row.</summary>
    public static Course Quick { get; } = new(5, TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(1.5));

    /// <summary>Runs a race; the first contender is ours.</summary>
    public async Task<IReadOnlyList<RatioLine>> RunAsync(Race race)
    {
        foreach (Contender contender in race.Contenders)
        {
            long started = TimeProvider.System.GetTimestamp();
            do
            {
                await contender.Round().ConfigureAwait(false);
            } while (TimeProvider.System.GetElapsedTime(started) < WarmUp);
        }

        List<Sample>[] samples = [.. race.Contenders.Select(_ => new List<Sample>())];
        for (int round = 0; round < Rounds; round++)
        {
            for (int i = 0; i < samples.Length; i++)
            {
                // Each contender is the first one as often as the others are.
                int turn = (i + round) % samples.Length;
                GC.Collect();
                samples[turn].Add(await race.Contenders[turn].Round().ConfigureAwait(false));
            }
        }

        return
        [
            .. race.Goals.Select(goal => Judge(race, goal, samples)),
            .. race.Absent.Select(absent => Missing(race, absent.Peer, absent.Reason)),
        ];
    }

    /// <summary>
    /// The ratio is the median of the rounds' own ratios: what disturbs a round disturbs its neighbours too.
    /// </summary>
    private static RatioLine Judge(Race race, Goal goal, List<Sample>[] samples)
    {
        int peer = race.Contenders.ToList().FindIndex(contender => contender.Name == goal.Against);
        List<Sample> others = samples[Math.Max(peer, 0)];
        double judged = Median(samples[0].Select((ours, round) => goal.Measure(ours, others[round])));
        return new RatioLine(
            race.Name,
            Units.Time(Median(samples[0].Select(sample => sample.Nanoseconds))),
            peer < 0
                ? goal.Against
                : $"{goal.Against} {Units.Time(Median(others.Select(sample => sample.Nanoseconds)))}",
            goal.Show(judged),
            goal.Text,
            goal.IsJudged ? goal.IsMet(judged) : null
        );
    }

    private static RatioLine Missing(Race race, string peer, string reason) =>
        new(race.Name, "-", $"{peer} is absent: {reason}", "-", "-", null);

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        int middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
