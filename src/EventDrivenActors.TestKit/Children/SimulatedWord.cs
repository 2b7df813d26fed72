using EventDrivenActors.Wire.Protocol;

namespace EventDrivenActors.TestKit.Children;

/// <summary>
/// The messages at which faults can happen: the kinds of the protocol, and the first envelope of a child.
/// </summary>
internal enum SimulatedWord
{
    /// <summary>The fault does not happen at a message.</summary>
    None,

    Call = MessageKind.Call,
    DefineMethod = MessageKind.DefineMethod,
    Cancel = MessageKind.Cancel,
    Suspend = MessageKind.Suspend,
    Resume = MessageKind.Resume,
    Drain = MessageKind.Drain,
    Withdraw = MessageKind.Withdraw,
    ProgressTaken = MessageKind.ProgressTaken,
    RaiseTaken = MessageKind.RaiseTaken,
    DefineObject = MessageKind.DefineObject,
    DefineMember = MessageKind.DefineMember,
    ObjectCall = MessageKind.ObjectCall,

    Ready = MessageKind.Ready,
    SetupFailed = MessageKind.SetupFailed,
    Started = MessageKind.Started,
    Settled = MessageKind.Settled,
    Raise = MessageKind.Raise,
    Ended = MessageKind.Ended,
    Suspended = MessageKind.Suspended,
    Progress = MessageKind.Progress,
    Leaving = MessageKind.Leaving,

    /// <summary>The first envelope of a child.</summary>
    Hello = 256,
}
