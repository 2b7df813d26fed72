namespace EventDrivenActors.TestKit.Recording;

/// <summary>Children in the test's own process, as seen by code that waits for their answers. Any thread.</summary>
internal interface IInProcessChildren
{
    /// <summary>The number of children that run.</summary>
    int Living { get; }

    /// <summary>The number of events that they will never answer, because their script withholds the answers.</summary>
    int Withheld { get; }
}
