namespace EventDrivenActors.Pure.Tests.Supervision;

internal enum RosterAct
{
    Add,
    Send,
    SendMore,
    Start,
    End,
    EndMore,
    Ready,
    ReadySoon,
    Exit,
    Bury,
    BurySoon,
    Refuse,
    Grow,
    Shrink,
    Objects,
    Pass,
    PassMore,
    StartRun,
}
