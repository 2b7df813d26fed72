namespace EventDrivenActors.Chaos.Checking;

internal enum NoteKind
{
    /// <summary>A child has prepared a worker.</summary>
    Child,

    /// <summary>A handler began.</summary>
    Begin,

    /// <summary>A handler ended, well or not.</summary>
    End,
}
