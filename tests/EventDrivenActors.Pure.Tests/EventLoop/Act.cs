namespace EventDrivenActors.Pure.Tests.EventLoop;

/// <summary>What one step of a scenario does.</summary>
internal enum Act
{
    Dispatch,
    Post,
    PostMany,
    DispatchAsync,
    Drain,
    Pump,
    Run,
    CompleteHandler,
    FailHandler,
    Cancel,
    CancelWait,
    Suspend,
    Resume,
    Clean,
    SettleDeferred,
    WaitForIdle,
    PendingAsync,
    Shutdown,
    Terminate,
    Advance,
}
