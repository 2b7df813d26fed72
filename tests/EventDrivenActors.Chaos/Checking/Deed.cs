namespace EventDrivenActors.Chaos.Checking;

/// <summary>What the handler of an event does, which decides how the event may end.</summary>
internal enum Deed
{
    /// <summary>Ends well; does not look at its token.</summary>
    Work,

    /// <summary>Throws.</summary>
    Throw,

    /// <summary>Waits for its token, and leaves by it.</summary>
    Obey,

    /// <summary>Never ends, whatever its token says.</summary>
    Ignore,

    /// <summary>Ends the process that runs it.</summary>
    Crash,
}
