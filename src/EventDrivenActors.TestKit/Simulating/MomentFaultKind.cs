namespace EventDrivenActors.TestKit.Simulating;

/// <summary>The faults that happen when nothing else can.</summary>
internal enum MomentFaultKind
{
    /// <summary>The clock moves on as if the machine had slept.</summary>
    Jump,

    /// <summary>The oldest child of a controller is killed.</summary>
    Kill,

    /// <summary>The oldest child of a controller freezes.</summary>
    Freeze,
}
