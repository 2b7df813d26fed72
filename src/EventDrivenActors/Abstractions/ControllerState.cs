namespace EventDrivenActors;

/// <summary>The life of a controller or pool.</summary>
public enum ControllerState
{
    /// <summary>Never run; events wait for <c>Run</c>.</summary>
    Created,

    /// <summary>Takes events.</summary>
    Running,

    /// <summary>Starts no handler until <c>Resume</c>.</summary>
    Suspended,

    /// <summary>Refuses new events and ends what it has accepted.</summary>
    Stopping,

    /// <summary>Ended; <c>Run</c> starts it again.</summary>
    Stopped,

    /// <summary>Gave up, for example because its child process kept dying; <c>Run</c> starts it again.</summary>
    Failed,
}
