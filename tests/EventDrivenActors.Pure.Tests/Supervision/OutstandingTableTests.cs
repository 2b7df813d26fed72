using CsCheck;
using EventDrivenActors.Wire.Calls;

namespace EventDrivenActors.Pure.Tests.Supervision;

public sealed partial class OutstandingTableTests
{
    private static readonly Gen<TableAct> Acts = Gen.OneOf(
        TableAct.Add,
        TableAct.Add,
        TableAct.AddIdempotent,
        TableAct.AddIdempotent,
        TableAct.Send,
        TableAct.Send,
        TableAct.Send,
        TableAct.Start,
        TableAct.Start,
        TableAct.Mark,
        TableAct.End,
        TableAct.TimeOut,
        TableAct.Withdraw,
        TableAct.Freeze,
        TableAct.Thaw,
        TableAct.Die,
        TableAct.DieMarked,
        TableAct.DieMarked,
        TableAct.DieTakingIn,
        TableAct.Unwant,
        TableAct.WithdrawAll,
        TableAct.TakeAll
    );

    [Fact]
    public void Table_AnyCommands_LetsEveryCallLeaveExactlyOnce() =>
        Gen.Select(Gen.Int[1, 4], Gen.Select(Acts, Gen.Int[0, 1], Gen.Int[0, 9]).Array[0, 40])
            .Sample(TableScenario.Run, iter: 5_000);

    [Fact]
    public void IdempotentCall_OfChildrenThatDie_IsDeliveredAsOftenAsAllowed()
    {
        OutstandingTable table = new(maxAttempts: 3);
        HeldCalls child = new();
        OutstandingCall call = Calls.New(1, idempotent: true);
        table.Add(call);
        for (int attempt = 1; attempt <= 3; attempt++)
        {
            Assert.True(table.TrySend(child, TimeSpan.Zero, out OutstandingCall sent));
            Assert.Equal(attempt, sent.Attempt);
            LostCalls lost = table.HolderDied(child);
            Assert.Empty(lost.Lost);
            Assert.Equal(attempt == 3, lost.Poisoned.Contains(call));
        }

        Assert.Equal(0, table.Count);
    }

    [Fact]
    public void CallThatDidNotStart_InAFrozenChild_CostsNoAttempt()
    {
        OutstandingTable table = new(maxAttempts: 1);
        HeldCalls child = new();
        OutstandingCall started = Calls.New(1);
        OutstandingCall behind = Calls.New(2);
        table.Add(started);
        table.Add(behind);
        table.TrySend(child, TimeSpan.Zero, out _);
        table.TrySend(child, TimeSpan.Zero, out _);
        child.Start(started);
        child.IsFrozen = true;

        Assert.Equal([started], table.HolderDied(child).Lost);

        Assert.True(table.TrySend(child, TimeSpan.Zero, out OutstandingCall next));
        Assert.Same(behind, next);
        Assert.Equal(1, next.Attempt);

        // What was known of the old child does not hold for the new one.
        Assert.Equal([behind], table.HolderDied(child).Lost);
    }

    [Fact]
    public void LateWordsOfADeadChild_FindNothing_AlsoOfACallThatItsSuccessorHas()
    {
        OutstandingTable table = new(maxAttempts: 3);
        HeldCalls dead = new();
        HeldCalls next = new();
        table.Add(Calls.New(1, idempotent: true));
        table.TrySend(dead, TimeSpan.Zero, out _);
        table.HolderDied(dead);
        table.TrySend(next, TimeSpan.Zero, out OutstandingCall again);

        Assert.False(dead.TryGet(1, out _));
        Assert.False(table.TryEnd(dead, 1, out _));

        Assert.True(table.TryEnd(next, 1, out OutstandingCall ended));
        Assert.Same(again, ended);
        Assert.Equal(0, table.Count);
    }

    [Fact]
    public void CallThatIsDeliveredAgain_IsNotDue_BeforeItStartsAgain()
    {
        OutstandingTable table = new(maxAttempts: 2);
        HeldCalls child = new();
        OutstandingCall call = Calls.New(1, idempotent: true);
        table.Add(call);
        table.TrySend(child, TimeSpan.Zero, out _);
        child.Start(call);
        call.Due = TimeSpan.FromSeconds(1);

        table.HolderDied(child);

        Assert.Equal((false, null), (call.Started, call.Due));
    }

    [Fact]
    public void BoundCall_GoesToItsChildOnly_InTheOrderOfAll()
    {
        OutstandingTable table = new(maxAttempts: 3);
        HeldCalls home = new();
        HeldCalls other = new();
        OutstandingCall first = Calls.New(1);
        OutstandingCall bound = Calls.Bound(2, home);
        OutstandingCall last = Calls.New(3);
        table.Add(first);
        table.Add(bound);
        table.Add(last);
        Assert.Equal(3, table.Count);

        Assert.True(table.TrySend(home, TimeSpan.Zero, out OutstandingCall sent));
        Assert.Same(first, sent);
        Assert.True(table.TrySend(other, TimeSpan.Zero, out sent));
        Assert.Same(last, sent);
        Assert.False(table.TrySend(other, TimeSpan.Zero, out _));
        Assert.True(table.TrySend(home, TimeSpan.Zero, out sent, takesNew: false));
        Assert.Same(bound, sent);
        Assert.Equal(3, table.Count);
    }

    [Fact]
    public void BoundCalls_SentOrWaiting_DieWithTheirChild()
    {
        OutstandingTable table = new(maxAttempts: 3);
        HeldCalls home = new();
        OutstandingCall[] bound = [Calls.Bound(1, home), Calls.Bound(2, home), Calls.Bound(3, home)];
        OutstandingCall free = Calls.New(4);
        Array.ForEach([.. bound, free], table.Add);
        table.TrySend(home, TimeSpan.Zero, out _);
        table.TrySend(home, TimeSpan.Zero, out _);
        home.Start(bound[0]);
        home.IsFrozen = true;

        Assert.Equal(bound, table.HolderDied(home).Lost);

        Assert.Equal(1, table.Count);
        Assert.False(table.TryWithdraw(bound[2]));
        Assert.True(table.TryWithdraw(free));
    }

    [Fact]
    public void BoundCalls_ThatWait_AreWithdrawn_ButNotTheRemovalOfAnObject()
    {
        OutstandingTable table = new(maxAttempts: 3);
        HeldCalls home = new();
        OutstandingCall call = Calls.Bound(1, home);
        OutstandingCall removal = Calls.Bound(2, home, token: 0);
        OutstandingCall single = Calls.Bound(3, home);
        Array.ForEach([call, removal, single], table.Add);

        Assert.True(table.TryWithdraw(single));
        Assert.Equal([call], table.TakeBound(home, removals: false));

        Assert.Equal([removal], table.TakeHeld(home));
        Assert.Equal(0, table.Count);
    }
}
