namespace EventDrivenActors.Chaos.Checking;

/// <summary>What the handler of an event does, which decides how the event may end.</summary>
internal enum Deed
{
    /// <summary>Ends well; does not look at its token.</summary>
    Work,

    /// <summary>Throws.</summary>
    Throw,

    /// <summary>Has an argument that cannot be read, so that it fails before its handler begins.</summary>
    Unreadable,

    /// <summary>Waits for its token, and leaves by it.</summary>
    Obey,

    /// <summary>Never ends, whatever its token says.</summary>
    Ignore,

    /// <summary>Ends the process that runs it.</summary>
    Crash,

    /// <summary>Ends every process that runs it.</summary>
    Poison,
}
