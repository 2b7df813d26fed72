namespace EventDrivenActors.Subprocess.Parent;

/// <summary>The state of a controller's children that users read.</summary>
/// <param name="State">Where the child is in its life.</param>
/// <param name="Restarts">How many children were started in place of dead ones.</param>
/// <param name="Recycled">How many children were replaced as planned.</param>
/// <param name="ProcessId">The process of the child that takes events, or will; null while there is none.</param>
/// <param name="SpareProcessId">The process of the warm spare; null while none is ready.</param>
/// <param name="Children">How many children there are whose end has not been noticed.</param>
/// <param name="IsStarting">Whether one of them is not set up yet.</param>
internal readonly record struct SupervisionState(
    ChildState State,
    int Restarts,
    int Recycled,
    int? ProcessId,
    int? SpareProcessId,
    int Children,
    bool IsStarting
);
