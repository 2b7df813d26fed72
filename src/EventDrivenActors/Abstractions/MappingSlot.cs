namespace EventDrivenActors;

/// <summary>The role of a mapped delegate.</summary>
public enum MappingSlot
{
    /// <summary>Runs for the events of its key.</summary>
    Handler,

    /// <summary>Runs before each event's handlers.</summary>
    Before,

    /// <summary>Runs after each event's handlers.</summary>
    After,

    /// <summary>Runs for events without handlers.</summary>
    Otherwise,
}
