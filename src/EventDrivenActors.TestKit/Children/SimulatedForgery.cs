namespace EventDrivenActors.TestKit.Children;

/// <summary>What a child says that lies, or breaks a rule.</summary>
internal enum SimulatedForgery
{
    /// <summary>It settles a call that there never was.</summary>
    SettledUnknown,

    /// <summary>It says that a call has started that there never was.</summary>
    StartedUnknown,

    /// <summary>
    /// It settles the last call of a child that has died; where none has died, as <see cref="SettledUnknown"/>.
    /// </summary>
    SettledOfTheDead,

    /// <summary>
    /// It says that the last call of a child that has died has started; where none has died, as
    /// <see cref="StartedUnknown"/>.
    /// </summary>
    StartedOfTheDead,

    /// <summary>It sends an envelope of random bytes.</summary>
    Garbage,

    /// <summary>It sends a frame of a kind that there is not.</summary>
    UnknownFrame,

    /// <summary>It says what only a parent says.</summary>
    WordOfTheParent,

    /// <summary>It begins a frame that is longer than agreed.</summary>
    EndlessFrame,

    /// <summary>It sends a frame that is for somebody else, which is dropped.</summary>
    Stray,
}
