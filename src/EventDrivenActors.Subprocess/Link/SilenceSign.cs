namespace EventDrivenActors.Subprocess.Link;

/// <summary>What a silence has come to.</summary>
internal enum SilenceSign
{
    None,

    /// <summary>The other end has been silent for long; said once for each silence.</summary>
    Unresponsive,

    /// <summary>It speaks again.</summary>
    Back,

    /// <summary>It is taken for frozen; said once.</summary>
    Frozen,
}
