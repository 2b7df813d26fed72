namespace EventDrivenActors.Chaos.Checking;

internal enum ViolationKind
{
    /// <summary>An outcome vanished: an event that ended as nothing that happened to it explains.</summary>
    Lost,

    /// <summary>Something happened twice.</summary>
    Doubled,

    /// <summary>An event never ended.</summary>
    Hung,

    /// <summary>Another promise was broken.</summary>
    Broken,
}
