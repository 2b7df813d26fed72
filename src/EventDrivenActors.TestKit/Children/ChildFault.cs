namespace EventDrivenActors.TestKit.Children;

/// <summary>The faults of a message at a step.</summary>
internal enum ChildFault
{
    None,

    /// <summary>The message is lost; the child goes on.</summary>
    Lose,

    /// <summary>The child sends and receives nothing more, but its heartbeats go on.</summary>
    Stall,

    /// <summary>The child dies before the message.</summary>
    Die,

    /// <summary>The child dies after the parent has received the message.</summary>
    DieAfter,
}
