namespace EventDrivenActors;

/// <summary>Why a child process ended, or was never used.</summary>
public enum ExitReason
{
    /// <summary>
    /// It ended by itself, with an exit code; or the parent could not wait for it, because SIGCHLD is ignored.
    /// </summary>
    Exited,

    /// <summary>
    /// A signal ended it that its parent did not send: a crash, the system's memory killer, or another process.
    /// </summary>
    Signalled,

    /// <summary>Its process could not be started, or was not connected in time.</summary>
    StartFailed,

    /// <summary>
    /// The handshake was refused: another version or another build. Another attempt would end the same way, so there is
    /// none.
    /// </summary>
    Refused,

    /// <summary>The user's set-up threw.</summary>
    SetupFailed,

    /// <summary>The user's set-up took longer than it may, so it was killed.</summary>
    SetupTimedOut,

    /// <summary>The user killed it.</summary>
    Killed,

    /// <summary>A handler ignored its time-out, so it was killed.</summary>
    KilledOnTimeout,

    /// <summary>It gave no sign of life, so it was killed.</summary>
    Unresponsive,

    /// <summary>It broke a rule of the link, so it was killed.</summary>
    ProtocolError,

    /// <summary>It took more memory than the hard limit, so it was killed.</summary>
    HardMemoryLimit,

    /// <summary>It had taken as many events as it may, and was replaced as planned.</summary>
    RecycledByEvents,

    /// <summary>It had served as long as it may, and was replaced as planned.</summary>
    RecycledByAge,

    /// <summary>It took more memory than the soft limit, and was replaced as planned.</summary>
    RecycledByMemory,

    /// <summary>Its controller stopped.</summary>
    Stopped,
}
