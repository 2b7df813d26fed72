using CsCheck;
using EventDrivenActors.Subprocess.Supervision;
using EventDrivenActors.Wire.Calls;

namespace EventDrivenActors.Pure.Tests.Supervision;

public sealed class KillLadderTests
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    private static readonly Gen<(int What, double Seconds)[]> Lives = Gen.Select(
        Gen.Int[0, 4],
        Gen.Double[0.01, 12]
    ).Array[0, 40];

    [Fact]
    public void Handler_ThatIgnoresItsToken_ClimbsEveryStep()
    {
        KillLadder ladder = new(Grace);
        OutstandingCall[] calls = [Calls.Running(1, due: 10), Calls.New(2)];

        Assert.Equal(KillStep.None, Look(ladder, calls, 3, next: 10));
        Assert.Equal(KillStep.Suspend, Look(ladder, calls, 10, next: 15));
        Assert.Equal(KillStep.None, Look(ladder, calls, 12, next: 15));
        Assert.Equal(KillStep.Kill, Look(ladder, calls, 15, next: null));
    }

    [Fact]
    public void Handler_ThatEndsWithinItsGrace_LetsTheChildGoOn()
    {
        KillLadder ladder = new(Grace);
        Assert.Equal(KillStep.Suspend, Look(ladder, [Calls.Running(1, due: 10)], 11, next: 15));

        Assert.Equal(KillStep.Resume, Look(ladder, [], 12, next: null));
        Assert.Equal(KillStep.None, Look(ladder, [], 13, next: null));
    }

    [Fact]
    public void Kill_WaitsForAHandler_ThatIsWithinItsTime()
    {
        KillLadder ladder = new(Grace);
        OutstandingCall late = Calls.Running(1, due: 10);
        Assert.Equal(KillStep.Suspend, Look(ladder, [late, Calls.Running(2, due: 30)], 10, next: 30));
        Assert.Equal(KillStep.None, Look(ladder, [late, Calls.Running(2, due: 30)], 15, next: 30));

        Assert.Equal(KillStep.Kill, Look(ladder, [late], 20, next: null));
    }

    [Fact]
    public void Handler_WithoutALimit_DoesNotHoldTheKillBack()
    {
        KillLadder ladder = new(Grace);
        OutstandingCall[] calls = [Calls.Running(1, due: 10), Calls.Unlimited(2)];
        Assert.Equal(KillStep.Suspend, Look(ladder, calls, 10, next: 15));
        Assert.Equal(KillStep.Kill, Look(ladder, calls, 15, next: null));
    }

    [Fact]
    public void Kill_WaitsASecondAtMost_ForTheChildToSayThatItStartsNothingMore()
    {
        KillLadder ladder = new(TimeSpan.Zero);
        OutstandingCall[] calls = [Calls.Running(1, due: 10)];
        Assert.Equal(KillStep.Suspend, Look(ladder, calls, 10, next: 11, confirmed: false));
        Assert.Equal(KillStep.None, Look(ladder, calls, 10.5, next: 11, confirmed: false));
        Assert.Equal(KillStep.Kill, Look(ladder, calls, 10.6, next: null, confirmed: true));
        Assert.Equal(KillStep.Kill, Look(ladder, calls, 11, next: null, confirmed: false));
    }

    /// <summary>
    /// What takes three times its limit in each cold child is killed in the first ones, and not for ever.
    /// </summary>
    [Fact]
    public void ColdChildren_KilledInARow_GiveTheNextOneMoreTime()
    {
        for (int kills = 0; kills <= 40; kills++)
        {
            KillLadder ladder = new(Grace);
            OutstandingCall slow = Calls.Running(1, due: 10);
            slow.Allowed = TimeSpan.FromSeconds(10);
            double end = 15 + (10 * (Math.Pow(2, Math.Min(kills, 10)) - 1));

            Assert.Equal(
                KillStep.Suspend,
                ladder.Look([slow], TimeSpan.FromSeconds(10), confirmed: true, out TimeSpan? next, kills)
            );
            Assert.Equal(end, next?.TotalSeconds);
            Assert.Equal(KillStep.Kill, ladder.Look([slow], TimeSpan.FromSeconds(end), confirmed: true, out _, kills));
        }
    }

    [Fact]
    public void ColdChild_ThatGetsWarm_KillsAsAnyOther()
    {
        KillLadder ladder = new(Grace);
        OutstandingCall late = Calls.Running(1, due: 10);
        late.Allowed = TimeSpan.FromSeconds(10);
        Assert.Equal(
            KillStep.Suspend,
            ladder.Look([late], TimeSpan.FromSeconds(11), confirmed: true, out _, coldKills: 2)
        );

        Assert.Equal(
            KillStep.Kill,
            ladder.Look([late], TimeSpan.FromSeconds(15), confirmed: true, out _, coldKills: 0)
        );
    }

    [Fact]
    public void AnyLives_AreSuspendedOnceAndKilledOnlyWhenNothingElseHelps() => Lives.Sample(LiveThrough, iter: 20_000);

    private static void LiveThrough((int What, double Seconds)[] steps)
    {
        KillLadder ladder = new(Grace);
        List<OutstandingCall> calls = [];
        TimeSpan now = TimeSpan.Zero;
        bool suspended = false;
        TimeSpan? since = null;
        long id = 0;
        foreach ((int what, double seconds) in steps)
        {
            switch (what)
            {
                case 0 or 1:
                    calls.Add(Calls.Running(++id, (now + TimeSpan.FromSeconds(seconds)).TotalSeconds));
                    break;
                case 2 when calls.Count > 0:
                    calls.RemoveAt((int)(seconds * 100) % calls.Count);
                    break;
                default:
                    now += TimeSpan.FromSeconds(seconds);
                    break;
            }

            bool late = calls.Exists(call => call.Due <= now);
            bool inTime = calls.Exists(call => call.Due > now);
            bool confirmed = what % 2 == 0;
            since = late ? since ?? now : null;
            KillStep step = ladder.Look(calls, now, confirmed, out TimeSpan? next);
            bool graceOver = late && calls.Min(call => call.Due) + Grace <= now;
            bool patient = !confirmed && since + TimeSpan.FromSeconds(1) > now;
            Assert.Equal(graceOver && !inTime && !patient, step == KillStep.Kill);
            Assert.True(next is null || next > now);
            Assert.Equal(step != KillStep.Kill && (late || inTime), next is not null);
            if (step == KillStep.Kill)
            {
                return;
            }

            Assert.Equal(
                (late, suspended) switch
                {
                    (true, false) => KillStep.Suspend,
                    (false, true) => KillStep.Resume,
                    _ => KillStep.None,
                },
                step
            );
            suspended = late;
        }
    }

    private static KillStep Look(
        KillLadder ladder,
        OutstandingCall[] calls,
        double now,
        double? next,
        bool confirmed = true
    )
    {
        KillStep step = ladder.Look(calls, TimeSpan.FromSeconds(now), confirmed, out TimeSpan? found);
        Assert.Equal(next, found?.TotalSeconds);
        return step;
    }
}
