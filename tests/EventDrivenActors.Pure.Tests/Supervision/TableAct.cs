namespace EventDrivenActors.Pure.Tests.Supervision;

internal enum TableAct
{
    Add,
    AddIdempotent,
    Send,
    Start,
    Mark,
    End,
    TimeOut,
    Withdraw,
    WithdrawAll,
    Unwant,
    Freeze,
    Thaw,
    Die,
    DieMarked,
    DieTakingIn,
    TakeAll,
}
