namespace EventDrivenActors.TestKit;

/// <summary>
/// A step in the conversation between a child and its parent, at which a <see cref="ChildScript"/> makes the child
/// fail.
/// </summary>
public enum ChildStep
{
    /// <summary>The child announces that it is ready.</summary>
    Ready,

    /// <summary>The child receives an event or a submitted function.</summary>
    Call,

    /// <summary>The child announces that the first handler of an event is about to run.</summary>
    Started,

    /// <summary>The child sends the outcome of an event.</summary>
    Result,
}
