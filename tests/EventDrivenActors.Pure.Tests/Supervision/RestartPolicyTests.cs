using CsCheck;
using EventDrivenActors.Subprocess.Supervision;

namespace EventDrivenActors.Pure.Tests.Supervision;

public sealed class RestartPolicyTests
{
    private static readonly Gen<double> Fraction = Gen.Double[0, 1];

    [Fact]
    public void Delays_WithoutJitter_DoubleToTheMaximum()
    {
        RestartPolicy policy = new(Plain(maxRestarts: 20), () => 0.5);
        List<double> delays = [];
        for (int i = 0; i < 10; i++)
        {
            delays.Add(Delay(policy, TimeSpan.FromSeconds(i)));
        }

        Assert.Equal([200, 400, 800, 1_600, 3_200, 6_400, 12_800, 25_600, 30_000, 30_000], delays);
    }

    [Fact]
    public void Delay_WithJitter_StaysWithinItsShare() =>
        Gen.Select(Gen.Int[0, 40], Fraction, Fraction)
            .Sample(
                (failures, jitter, random) =>
                {
                    RestartOptions options = Plain(maxRestarts: 100);
                    options.Jitter = jitter;
                    RestartPolicy policy = new(options, () => random);
                    double delay = 0;
                    for (int i = 0; i <= failures; i++)
                    {
                        delay = Delay(policy, TimeSpan.Zero);
                    }

                    double plain = Math.Min(200 * Math.Pow(2, failures), 30_000);
                    Assert.InRange(delay, (plain * (1 - jitter)) - 1, (plain * (1 + jitter)) + 1);
                }
            );

    [Theory]
    [InlineData(null, 400)]
    [InlineData(59.9, 400)]
    [InlineData(60.0, 200)]
    public void Delay_AfterAHealthyLife_BeginsAnew(double? life, double expected)
    {
        RestartPolicy policy = new(Plain(), () => 0.5);
        Assert.Equal(200, Delay(policy, TimeSpan.Zero));

        Assert.Equal(
            expected,
            Delay(policy, TimeSpan.FromSeconds(61), life is { } seconds ? TimeSpan.FromSeconds(seconds) : null)
        );
    }

    [Fact]
    public void Deaths_AtAnyTimes_FillTheWindowExactly() =>
        Gen.Select(Gen.Int[1, 6], Gen.Double[0, 20].Array[1, 40])
            .Sample(
                (maxRestarts, gaps) =>
                {
                    RestartPolicy policy = new(Plain(maxRestarts), () => 0.5);
                    List<TimeSpan> deaths = [];
                    TimeSpan now = TimeSpan.Zero;
                    foreach (double gap in gaps)
                    {
                        now += TimeSpan.FromSeconds(gap);
                        Assert.Equal(InWindow(now) >= maxRestarts, policy.IsFull(now));
                        TimeSpan next = policy.Died(now, null);
                        Assert.True(next >= now && InWindow(next) < maxRestarts);
                        deaths.Add(now);
                    }

                    int InWindow(TimeSpan at) => deaths.Count(death => at - death <= TimeSpan.FromSeconds(30));
                }
            );

    private static RestartOptions Plain(int maxRestarts = 5) => new() { Jitter = 0, MaxRestarts = maxRestarts };

    private static double Delay(RestartPolicy policy, TimeSpan now, TimeSpan? ready = null) =>
        (policy.Died(now, ready) - now).TotalMilliseconds;
}
