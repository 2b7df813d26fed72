namespace EventDrivenActors;

/// <summary>Where a child process is in its life.</summary>
public enum ChildState
{
    /// <summary>There is none: its controller does not run.</summary>
    None,

    /// <summary>It is being started.</summary>
    Starting,

    /// <summary>It takes events.</summary>
    Ready,

    /// <summary>The last one died; the next one is started after a delay.</summary>
    BackingOff,

    /// <summary>Too many died too fast, or a start could never succeed.</summary>
    Failed,

    /// <summary>It gives no sign of life; should it stay silent, it is killed.</summary>
    Unresponsive,
}
