namespace EventDrivenActors.Wire.Protocol;

/// <summary>
/// The first byte of a message. The numbers are part of the wire format; zero is never used, so that zeroed memory is
/// refused.
/// </summary>
internal enum MessageKind : byte
{
    Call = 1,
    DefineMethod = 2,
    Cancel = 3,
    Suspend = 4,
    Resume = 5,
    Drain = 6,
    Ready = 7,
    SetupFailed = 8,
    Started = 9,
    Settled = 10,
    Raise = 11,
    Ended = 12,
    Suspended = 13,
    Withdraw = 14,
    Progress = 15,
    ProgressTaken = 16,
    DefineObject = 20,
    DefineMember = 21,
    ObjectCall = 22,
    Logged = 23,
    RaiseTaken = 24,
    Leaving = 30,
}
