using CsCheck;
using EventDrivenActors.Subprocess.Supervision;

namespace EventDrivenActors.Pure.Tests.Supervision;

public sealed class OutstandingTableTests
{
    private static readonly Gen<TableAct> Acts = Gen.OneOf(
        TableAct.Add, TableAct.Add, TableAct.AddIdempotent, TableAct.AddIdempotent, TableAct.Send, TableAct.Send, TableAct.Send, TableAct.Start,
        TableAct.Start, TableAct.End, TableAct.TimeOut, TableAct.Withdraw, TableAct.Freeze, TableAct.Thaw, TableAct.Die, TableAct.Die, TableAct.TakeAll);

    [Fact]
    public void Table_AnyCommands_LetsEveryCallLeaveExactlyOnce() => Gen.Select(Gen.Int[1, 4], Gen.Select(Acts, Gen.Int[0, 9]).Array[0, 40])
        .Sample(TableScenario.Run, iter: 20_000);

    [Fact]
    public void IdempotentCall_OfChildrenThatDie_IsDeliveredAsOftenAsAllowed()
    {
        OutstandingTable table = new(maxAttempts: 3);
        OutstandingCall call = Calls.New(1, idempotent: true);
        table.Add(call);
        for (int attempt = 1; attempt <= 3; attempt++)
        {
            Assert.True(table.TrySend(out OutstandingCall sent));
            Assert.Equal(attempt, sent.Attempt);
            LostCalls lost = table.ChildDied();
            Assert.Empty(lost.Lost);
            Assert.Equal(attempt == 3, lost.Poisoned.Contains(call));
        }

        Assert.Equal(0, table.Count);
    }

    [Fact]
    public void CallThatDidNotStart_InAFrozenChild_CostsNoAttempt()
    {
        OutstandingTable table = new(maxAttempts: 1);
        OutstandingCall started = Calls.New(1);
        OutstandingCall behind = Calls.New(2);
        table.Add(started);
        table.Add(behind);
        table.TrySend(out _);
        table.TrySend(out _);
        started.Started = true;
        table.Freeze();

        Assert.Equal([started], table.ChildDied().Lost);

        Assert.True(table.TrySend(out OutstandingCall next));
        Assert.Same(behind, next);
        Assert.Equal(1, next.Attempt);

        // What was known of the old child does not hold for the new one.
        Assert.Equal([behind], table.ChildDied().Lost);
    }
}
