using EventDrivenActors.Chaos.Checking;
using EventDrivenActors.Chaos.Recording;

namespace EventDrivenActors.Chaos.Soaking;

/// <summary>Rounds of half a minute, each with a runtime of its own that is checked when it has ended.</summary>
internal sealed class SoakRun(TimeSpan length, int seed)
{
    private const int Tolerance = 16;
    private static readonly TimeSpan RoundLength = TimeSpan.FromSeconds(30);
    private readonly Random _random = new(seed);

    /// <summary>Runs to the end.</summary>
    /// <param name="progress">Hears a line after each round.</param>
    public async Task<Verdict> RunAsync(Action<string> progress)
    {
        Verdict all = Verdict.Empty;
        long began = TimeProvider.System.GetTimestamp();
        (int Descriptors, int Threads) first = default;
        for (int number = 1; TimeProvider.System.GetElapsedTime(began) is { } passed && passed < length; number++)
        {
            TimeSpan rest = length - passed;
            await using (SoakRound round = new(_random.Next()))
            {
                Verdict verdict = await round.RunAsync(rest < RoundLength ? rest : RoundLength);
                all = all.And(verdict);
                progress(
                    $"{TimeProvider.System.GetElapsedTime(began):hh\\:mm\\:ss} round {number}: {round.Summary}; "
                        + $"{(verdict.IsClean ? "clean" : verdict)}"
                );
                foreach (string reason in verdict.Reasons)
                {
                    progress(reason);
                }
            }

            first = number == 1 ? (Processes.Descriptors(), Processes.Threads()) : first;
        }

        string change =
            $"descriptors {first.Descriptors} to {Processes.Descriptors()}, threads {first.Threads} to "
            + $"{Processes.Threads()} since the first round";
        progress(change);
        return
            Processes.Descriptors() <= first.Descriptors + Tolerance && Processes.Threads() <= first.Threads + Tolerance
            ? all
            : all with
            {
                Violations =
                [
                    .. all.Violations,
                    new Violation(ViolationKind.Broken, null, $"Broken: something was left open: {change}."),
                ],
            };
    }
}
