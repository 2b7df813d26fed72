namespace EventDrivenActors.TestKit.Children;

/// <summary>The messages and frames with which a child lies or breaks the protocol.</summary>
internal enum SimulatedForgery
{
    /// <summary>The child settles a call that never existed.</summary>
    SettledUnknown,

    /// <summary>The child announces the start of a call that never existed.</summary>
    StartedUnknown,

    /// <summary>
    /// The child settles the last call of a child that has died; if none has died, as <see cref="SettledUnknown"/>.
    /// </summary>
    SettledOfTheDead,

    /// <summary>
    /// The child announces the start of the last call of a child that has died; if none has died, as
    /// <see cref="StartedUnknown"/>.
    /// </summary>
    StartedOfTheDead,

    /// <summary>The child sends an envelope of random bytes.</summary>
    Garbage,

    /// <summary>The child sends a frame of an unknown kind.</summary>
    UnknownFrame,

    /// <summary>The child sends a message that only a parent sends.</summary>
    WordOfTheParent,

    /// <summary>The child begins a frame that exceeds the agreed length.</summary>
    EndlessFrame,

    /// <summary>The child sends a frame for another recipient, which the parent drops.</summary>
    Stray,
}
