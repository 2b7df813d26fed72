namespace EventDrivenActors.TestKit;

/// <summary>
/// A step of the conversation between a child and its parent; a test names it to make the child fail there.
/// </summary>
public enum ChildStep
{
    /// <summary>The child says that it is set up.</summary>
    Ready,

    /// <summary>The child receives an event or a submitted function.</summary>
    Call,

    /// <summary>The child says that the first handler of an event is about to be entered.</summary>
    Started,

    /// <summary>The child says how an event ended.</summary>
    Result,
}
