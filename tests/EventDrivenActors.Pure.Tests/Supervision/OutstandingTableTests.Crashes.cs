using CsCheck;
using EventDrivenActors.Wire.Calls;

namespace EventDrivenActors.Pure.Tests.Supervision;

/// <content>What a crash costs.</content>
public sealed partial class OutstandingTableTests
{
    [Fact]
    public void Neighbours_OfACallThatAlwaysKillsItsChild_AllEndWell() =>
        Gen.Select(Gen.Int[1, 4], Gen.Int[0, 30], Gen.Int[1, 12], Gen.Int[0, 20], Gen.Bool)
            .Sample(
                (workers, before, after, lastWordsLost, knows) => Deliver(workers, before, after, lastWordsLost, knows)
            );

    [Fact]
    public void Suspect_ThatDoesNotEnd_LetsOthersInAfterASecond()
    {
        OutstandingTable table = new(maxAttempts: 3);
        HeldCalls child = new();
        table.Add(Calls.New(1, idempotent: true));
        table.Add(Calls.New(2, idempotent: true));
        table.TrySend(child, TimeSpan.Zero, out _);
        table.TrySend(child, TimeSpan.Zero, out _);
        table.HolderDied(child);
        TimeSpan now = TimeSpan.FromSeconds(10);

        Assert.True(table.TrySend(child, now, out _));
        Assert.False(table.TrySend(child, now, out _));
        Assert.Equal(TimeSpan.FromSeconds(11), table.HeldBackUntil(child, now));
        Assert.True(table.TrySend(child, TimeSpan.FromSeconds(11), out _));
        Assert.Null(table.HeldBackUntil(child, now));
    }

    [Fact]
    public void Crash_CostsWhatRan_WhetherItsWordHadComeOrNot_AndNothingElse()
    {
        OutstandingTable table = new(maxAttempts: 3);
        HeldCalls child = new();
        OutstandingCall[] calls = [.. Enumerable.Range(1, 6).Select(id => Calls.New(id))];
        Send(table, child, calls);
        child.Start(calls[0]);

        LostCalls lost = table.HolderDied(child, Record(calls[2], calls[4]));

        Assert.Equal([calls[0], calls[2], calls[4]], lost.Lost);
        Assert.All(lost.Lost, call => Assert.True(call.Ran));
        OutstandingCall[] back = [calls[1], calls[3], calls[5]];
        Assert.All(back, call => Assert.Equal((1, 0, false), (call.Attempt, call.Charges, call.Ran)));
        Assert.Equal(back, table.TakeWaiting());
    }

    [Fact]
    public void BoundCalls_ThatHadNotStarted_DieWithTheirChildAndSaySo()
    {
        OutstandingTable table = new(maxAttempts: 3);
        HeldCalls child = new();
        OutstandingCall[] calls = [Calls.Bound(1, child), Calls.Bound(2, child), Calls.Bound(3, child)];
        Array.ForEach(calls, table.Add);
        table.TrySend(child, TimeSpan.Zero, out _);
        table.TrySend(child, TimeSpan.Zero, out _);

        Assert.Equal(calls, table.HolderDied(child, Record(calls[0])).Lost);

        Assert.Equal([true, false, false], calls.Select(call => call.Ran));
    }

    [Fact]
    public void CallThatEndsEveryChildThatTakesItIn_IsGivenUp()
    {
        OutstandingTable table = new(maxAttempts: 3);
        OutstandingCall call = Calls.New(1, idempotent: true);
        table.Add(call);
        for (int death = 1; death <= 10; death++)
        {
            HeldCalls child = new();
            Assert.True(table.TrySend(child, TimeSpan.Zero, out _));
            Assert.Equal(
                death == 10,
                table.HolderDied(child, new StartRecord(new long[1], call.Number)).Lost.Contains(call)
            );
            Assert.Equal((1, 0, false), (call.Attempt, call.Charges, call.Ran));
        }

        Assert.Equal(0, table.Count);
    }

    [Fact]
    public void SlotOfACallThatHasEnded_ServesTheNext()
    {
        OutstandingTable table = new(maxAttempts: 3);
        HeldCalls child = new();
        OutstandingCall[] calls = [.. Enumerable.Range(1, 4).Select(id => Calls.New(id))];
        Send(table, child, calls[..3]);
        Assert.Equal([0, 1, 2], calls[..3].Select(call => call.Slot));

        table.TryEnd(child, 2, out _);
        Send(table, child, calls[3..]);

        Assert.Equal(1, calls[3].Slot);

        // The mark of the one that ended says nothing of the other.
        Assert.Empty(table.HolderDied(child, new StartRecord(new long[] { 0, 2, 0 }, 0)).Lost);
    }

    private static void Send(OutstandingTable table, HeldCalls child, OutstandingCall[] calls)
    {
        foreach (OutstandingCall call in calls)
        {
            table.Add(call);
            Assert.True(table.TrySend(child, TimeSpan.Zero, out _));
        }
    }

    /// <summary>The page of a child that had started these.</summary>
    private static StartRecord Record(params OutstandingCall[] started)
    {
        long[] slots = new long[64];
        Array.ForEach(started, call => slots[call.Slot] = call.Id);
        return new StartRecord(slots, 0);
    }

    /// <summary>A child runs as many as it has workers, in order, and its last words are lost with it.</summary>
    private static void Deliver(int workers, int before, int after, int lastWordsLost, bool knows)
    {
        OutstandingTable table = new(maxAttempts: 3);
        OutstandingCall[] calls =
        [
            .. Enumerable.Range(0, before + 1 + after).Select(id => Calls.New(id, idempotent: true)),
        ];
        OutstandingCall killer = calls[before];
        foreach (OutstandingCall call in calls)
        {
            table.Add(call);
        }

        int deaths = 0;
        while (table.Count > 0)
        {
            HeldCalls child = new();
            bool died = false;
            StartRecord? record = null;
            while (!died && table.Count > 0)
            {
                while (table.TrySend(child, TimeSpan.Zero, out _)) { }

                OutstandingCall[] held = [.. child.All.OrderBy(call => call.Id)];
                died = held.Contains(killer);
                int killing = died ? Array.IndexOf(held, killer) : held.Length;
                int reaches = died ? Math.Max(0, killing - lastWordsLost) : held.Length;
                record = Record(held[..Math.Min(held.Length, killing + workers)]);
                foreach (OutstandingCall call in held.Take(reaches))
                {
                    child.Start(call);
                    Assert.True(table.TryEnd(child, call.Id, out _));
                }
            }

            if (died)
            {
                deaths++;
                LostCalls lost = table.HolderDied(child, knows ? record : null);
                Assert.Empty(lost.Lost);
                Assert.All(lost.Poisoned, call => Assert.Same(killer, call));
                Assert.Equal(lost.Poisoned.Count == 1, killer.Charges == 3);
            }
        }

        Assert.InRange(deaths, 3, 4);
        Assert.All(calls, call => Assert.True(call == killer || call.Charges == 0));
        Assert.False(table.HasSuspects);
    }
}
