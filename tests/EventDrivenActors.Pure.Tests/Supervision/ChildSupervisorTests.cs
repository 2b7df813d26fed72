using CsCheck;
using EventDrivenActors.Subprocess.Supervision;

namespace EventDrivenActors.Pure.Tests.Supervision;

public sealed class ChildSupervisorTests
{
    private static readonly Gen<double> Fraction = Gen.Double[0, 1];

    [Fact]
    public void Delays_WithoutJitter_DoubleToTheMaximum()
    {
        RestartOptions options = Plain(maxRestarts: 20);
        ChildSupervisor supervisor = Started(options);
        List<double> delays = [];
        for (int i = 0; i < 10; i++)
        {
            delays.Add(supervisor.Died(TimeSpan.FromSeconds(i), true).Delay.TotalMilliseconds);
            Assert.True(supervisor.Start());
        }

        Assert.Equal([200, 400, 800, 1_600, 3_200, 6_400, 12_800, 25_600, 30_000, 30_000], delays);
    }

    [Fact]
    public void Delay_WithJitter_StaysWithinItsShare() => Gen.Select(Gen.Int[0, 40], Fraction, Fraction, (failures, jitter, random) => (failures, jitter, random))
        .Sample(run =>
        {
            RestartOptions options = Plain(maxRestarts: 100);
            options.Jitter = run.jitter;
            ChildSupervisor supervisor = Started(options, run.random);
            TimeSpan delay = TimeSpan.Zero;
            for (int i = 0; i <= run.failures; i++)
            {
                delay = supervisor.Died(TimeSpan.Zero, true).Delay;
                supervisor.Start();
            }

            double plain = Math.Min(200 * Math.Pow(2, run.failures), 30_000);
            Assert.InRange(delay.TotalMilliseconds, (plain * (1 - run.jitter)) - 1, (plain * (1 + run.jitter)) + 1);
        });

    [Theory]
    [InlineData(59.9, 400)]
    [InlineData(60, 200)]
    public void Delay_AfterAHealthyLife_BeginsAnew(double life, double expected)
    {
        ChildSupervisor supervisor = Started(Plain());
        Assert.Equal(200, supervisor.Died(TimeSpan.Zero, true).Delay.TotalMilliseconds);
        supervisor.Start();
        supervisor.Ready(TimeSpan.FromSeconds(1));

        Assert.Equal(expected, supervisor.Died(TimeSpan.FromSeconds(1 + life), true).Delay.TotalMilliseconds);
    }

    [Fact]
    public void Deaths_AtAnyTimes_GiveUpExactlyWhenTheWindowIsFull() => Gen.Select(Gen.Int[0, 6], Gen.Double[0, 20].Array[1, 40])
        .Sample((maxRestarts, gaps) =>
        {
            ChildSupervisor supervisor = Started(Plain(maxRestarts));
            List<TimeSpan> restarts = [];
            TimeSpan now = TimeSpan.Zero;
            foreach (double gap in gaps)
            {
                now += TimeSpan.FromSeconds(gap);
                bool full = restarts.Count(at => now - at <= TimeSpan.FromSeconds(30)) >= maxRestarts;
                Assert.Equal(full, supervisor.Died(now, true).GiveUp);
                if (full)
                {
                    Assert.Equal(ChildState.Failed, supervisor.State);
                    break;
                }

                restarts.Add(now);
                Assert.Equal(ChildState.BackingOff, supervisor.State);
                Assert.True(supervisor.Start());
                Assert.Equal(restarts.Count, supervisor.Restarts);
            }
        });

    [Fact]
    public void Death_ThatNoRetryMends_GivesUpAtOnce()
    {
        ChildSupervisor supervisor = Started(Plain());

        Assert.True(supervisor.Died(TimeSpan.Zero, retry: false).GiveUp);

        Assert.Equal(ChildState.Failed, supervisor.State);
        Assert.Equal(0, supervisor.Restarts);
    }

    [Fact]
    public void Start_AfterGivingUp_CountsFromZero()
    {
        ChildSupervisor supervisor = Started(Plain(maxRestarts: 1));
        Assert.False(supervisor.Died(TimeSpan.Zero, true).GiveUp);
        supervisor.Start();
        Assert.True(supervisor.Died(TimeSpan.Zero, true).GiveUp);

        Assert.True(supervisor.Start());

        RestartDecision decision = supervisor.Died(TimeSpan.Zero, true);
        Assert.False(decision.GiveUp);
        Assert.Equal(200, decision.Delay.TotalMilliseconds);
    }

    [Fact]
    public void Start_WhileThereIsAChild_StartsNoSecond()
    {
        ChildSupervisor supervisor = Started(Plain());
        Assert.False(supervisor.Start());
        supervisor.Ready(TimeSpan.Zero);
        Assert.False(supervisor.Start());
        Assert.Equal(ChildState.Ready, supervisor.State);
    }

    [Fact]
    public void Stop_EndsTheRun_AndAFailureStays()
    {
        ChildSupervisor supervisor = Started(Plain());
        supervisor.Stop();
        Assert.Equal(ChildState.None, supervisor.State);
        Assert.True(supervisor.Died(TimeSpan.Zero, true).GiveUp);
        Assert.Equal(ChildState.None, supervisor.State);

        supervisor.Start();
        supervisor.Died(TimeSpan.Zero, retry: false);
        supervisor.Stop();
        Assert.Equal(ChildState.Failed, supervisor.State);
    }

    private static RestartOptions Plain(int maxRestarts = 5) => new() { Jitter = 0, MaxRestarts = maxRestarts };

    private static ChildSupervisor Started(RestartOptions options, double random = 0.5)
    {
        ChildSupervisor supervisor = new(options, () => random);
        Assert.Equal(ChildState.None, supervisor.State);
        Assert.True(supervisor.Start());
        Assert.Equal(ChildState.Starting, supervisor.State);
        return supervisor;
    }
}
