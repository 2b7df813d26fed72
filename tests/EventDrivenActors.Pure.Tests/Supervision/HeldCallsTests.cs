using CsCheck;
using EventDrivenActors.Wire.Calls;

namespace EventDrivenActors.Pure.Tests.Supervision;

public sealed class HeldCallsTests
{
    /// <summary>
    /// Whatever is looked at when, each call that is due times out at the first look after that, once, and none is
    /// forgotten.
    /// </summary>
    [Fact]
    public void TimeOut_AtAnyTimes_TakesEachOnceAndSaysWhenToLookAgain() =>
        Gen.Select(Gen.Int[1, 50].Array[0, 20], Gen.Int[1, 10].Array[1, 20])
            .Sample(
                (dues, steps) =>
                {
                    HeldCalls held = new();
                    List<OutstandingCall> all = [];
                    foreach (int due in dues)
                    {
                        OutstandingCall call =
                            due % 7 == 0 ? Calls.Unlimited(all.Count) : Calls.Running(all.Count, due);
                        held.Add(call, TimeSpan.Zero);
                        all.Add(call);
                    }

                    TimeSpan now = TimeSpan.Zero;
                    List<OutstandingCall> late = [];
                    foreach (int step in steps)
                    {
                        now += TimeSpan.FromSeconds(step);
                        TimeSpan? next = held.TimeOut(now, late);

                        Assert.Equal(all.Where(call => call.Due > now).Min(call => call.Due), next);
                        Assert.Equal(
                            all.Where(call => call.Due <= now).OrderBy(call => call.Id),
                            late.OrderBy(call => call.Id)
                        );
                        Assert.All(late, call => Assert.True(call is { Settled: true, TimedOutHere: true }));
                    }
                }
            );

    [Fact]
    public void Ended_CountsWhatHasEndedInTheChild()
    {
        HeldCalls held = new();
        held.Add(Calls.New(1), TimeSpan.Zero);
        held.Add(Calls.New(2), TimeSpan.Zero);
        Assert.Equal(0, held.Ended);

        held.TryEnd(1, out _);
        held.TryEnd(1, out _);

        Assert.Equal(1, held.Ended);
    }
}
