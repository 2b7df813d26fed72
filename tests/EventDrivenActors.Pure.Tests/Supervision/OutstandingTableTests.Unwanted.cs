using EventDrivenActors.Wire.Calls;

namespace EventDrivenActors.Pure.Tests.Supervision;

/// <content>Calls that are cancelled or withdrawn.</content>
public sealed partial class OutstandingTableTests
{
    [Fact]
    public void CallThatNobodyCancelled_InAChildThatDies_IsDeliveredAgain_AndOneThatSomebodyCancelledEndsAsThat()
    {
        OutstandingTable table = new(maxAttempts: 3);
        HeldCalls child = new();
        OutstandingCall[] calls =
        [
            Calls.New(1, idempotent: true),
            Calls.New(2, idempotent: true),
            Calls.New(3),
            Calls.New(4, idempotent: true),
            Calls.New(5),
        ];
        Send(table, child, calls);
        child.Start(calls[3]);
        calls[1].Cancelled = calls[2].Cancelled = calls[3].Cancelled = true;

        LostCalls lost = table.HolderDied(child, Record(calls[3]));

        Assert.Equal([calls[1], calls[2], calls[3]], lost.Cancelled);
        Assert.Empty(lost.Lost);
        Assert.Equal([calls[0], calls[4]], table.TakeWaiting());
    }

    [Fact]
    public void WithdrawnCall_ThatHadStartedAlready_IsDeliveredAgain()
    {
        OutstandingTable table = new(maxAttempts: 3);
        HeldCalls child = new();
        OutstandingCall[] calls = [Calls.New(1, idempotent: true), Calls.New(2, idempotent: true)];
        Send(table, child, calls);
        child.Withdraw();
        child.Start(calls[0]);

        LostCalls lost = table.HolderDied(child, Record(calls[0]));

        Assert.Equal([calls[1]], lost.Cancelled);
        Assert.Equal([calls[0]], table.TakeWaiting());
    }

    [Fact]
    public void CancelledCalls_OfAChildThatMarkedNothing_AreCancelledWhereTheyWouldBeDeliveredAgain()
    {
        OutstandingTable table = new(maxAttempts: 3);
        HeldCalls child = new();
        OutstandingCall[] calls = [Calls.New(1, idempotent: true), Calls.New(2)];
        Send(table, child, calls);
        child.Withdraw();

        LostCalls lost = table.HolderDied(child);

        Assert.Equal([calls[0]], lost.Cancelled);
        Assert.Equal([calls[1]], lost.Lost);
        Assert.Null(calls[1].Ran);
    }
}
