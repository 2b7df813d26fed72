namespace EventDrivenActors.Wire.Channel;

/// <summary>The stage that a silence has reached.</summary>
internal enum SilenceSign
{
    None,

    /// <summary>The other end has been silent for long; said once for each silence.</summary>
    Unresponsive,

    /// <summary>It speaks again.</summary>
    Back,

    /// <summary>It is taken for frozen; said once.</summary>
    Frozen,

    /// <summary>It lives, but its thread pool has taken no work for long; said once each time.</summary>
    Starved,

    /// <summary>Its thread pool takes work again.</summary>
    Moving,
}
