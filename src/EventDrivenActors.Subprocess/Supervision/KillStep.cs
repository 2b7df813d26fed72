namespace EventDrivenActors.Subprocess.Supervision;

/// <summary>A step of the kill ladder.</summary>
internal enum KillStep
{
    None,

    /// <summary>A handler is past its time: the child is to start nothing more.</summary>
    Suspend,

    /// <summary>The handler has ended within its grace: the child goes on.</summary>
    Resume,

    /// <summary>The handler has not ended: the child must die.</summary>
    Kill,
}
