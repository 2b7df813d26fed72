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
    Freeze,
    Thaw,
    Die,
    TakeAll,
}
