namespace EventDrivenActors;

/// <summary>How a controller ends. At the deadline each becomes the next stricter one.</summary>
public enum ShutdownMode
{
    /// <summary>Refuse new events, run all that were accepted, close.</summary>
    Drain,

    /// <summary>Let the running handler end, cancel what is queued, close.</summary>
    Finish,

    /// <summary>Cancel the running handler's token as well, and close without waiting for it.</summary>
    Abort,
}
