namespace AssemblyCensus.Engines;

/// <summary>How an event can fail, whatever its file holds.</summary>
internal enum EventFailure
{
    /// <summary>The handler threw.</summary>
    HandlerFailed,

    /// <summary>The child ended itself with an exit code while the handler ran.</summary>
    ChildExited,

    /// <summary>The child was ended by a signal while the handler ran.</summary>
    ChildCrashed,

    /// <summary>The handler did not return in time.</summary>
    TimedOut,

    /// <summary>The file cost several children their lives and was given up.</summary>
    Poisoned,

    /// <summary>The event was never run: its pool closed first.</summary>
    NotRun,
}
