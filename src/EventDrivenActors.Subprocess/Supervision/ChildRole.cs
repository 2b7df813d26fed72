namespace EventDrivenActors.Subprocess.Supervision;

/// <summary>The role of a child.</summary>
internal enum ChildRole
{
    /// <summary>It is being started and set up.</summary>
    Starting,

    /// <summary>It is ready, and idle.</summary>
    Spare,

    /// <summary>It takes events.</summary>
    Active,

    /// <summary>It is to be replaced: it takes nothing more, and finishes what it has.</summary>
    Retiring,

    /// <summary>It has finished, and was asked to leave.</summary>
    Leaving,

    /// <summary>It is dead or being killed, and its calls are not sorted out yet.</summary>
    Dying,

    /// <summary>It is gone, with all that it had.</summary>
    Gone,
}
