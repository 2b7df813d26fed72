namespace EventDrivenActors.Pure.Tests.EventLoop.Mailbox;

/// <summary>What one step of a mailbox scenario does.</summary>
internal enum MailboxAct
{
    Add,
    AddPending,
    AddMany,
    Urgent,
    Take,
    Enlist,
    Leave,
    Clean,
    Close,
    Reopen,
}
