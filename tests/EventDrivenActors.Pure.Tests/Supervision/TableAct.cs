namespace EventDrivenActors.Pure.Tests.Supervision;

internal enum TableAct
{
    Add,
    AddIdempotent,
    Send,
    Start,
    End,
    TimeOut,
    Withdraw,
    WithdrawAll,
    Unwant,
    Freeze,
    Thaw,
    Die,
    TakeAll,
}
