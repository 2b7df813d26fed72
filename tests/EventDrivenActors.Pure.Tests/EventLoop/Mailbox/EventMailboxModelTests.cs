using CsCheck;

namespace EventDrivenActors.Pure.Tests.EventLoop.Mailbox;

public sealed class EventMailboxModelTests
{
    private static readonly Gen<MailboxAct> Acts = Gen.OneOf(
        MailboxAct.Add,
        MailboxAct.Add,
        MailboxAct.AddPending,
        MailboxAct.AddMany,
        MailboxAct.Urgent,
        MailboxAct.Take,
        MailboxAct.Take,
        MailboxAct.Take,
        MailboxAct.Take,
        MailboxAct.Enlist,
        MailboxAct.Leave,
        MailboxAct.Clean,
        MailboxAct.Close,
        MailboxAct.Reopen
    );

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Mailbox_AnyCommands_WakesIdleConsumersInOrderAndLosesNothing(bool shared) =>
        Gen.Select(Acts, Gen.Int[0, 3])
            .Array[0, 30]
            .Sample(
                commands => MailboxScenario.Run(shared, commands),
                iter: 20_000,
                print: commands => string.Join(", ", commands)
            );
}
