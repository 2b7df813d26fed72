namespace EventDrivenActors.TestKit.Children;

/// <summary>What becomes of a message at a step.</summary>
internal enum ChildFault
{
    None,

    /// <summary>It is lost; the child goes on.</summary>
    Lose,

    /// <summary>Nothing goes in or out any more, but the child still shows signs of life.</summary>
    Stall,

    /// <summary>The child dies before it.</summary>
    Die,

    /// <summary>The child dies once the other end has it.</summary>
    DieAfter,
}
