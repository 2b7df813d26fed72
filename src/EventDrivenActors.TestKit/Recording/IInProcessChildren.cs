namespace EventDrivenActors.TestKit.Recording;

/// <summary>Children in the test's own process, as seen by code that waits for their answers. Any thread.</summary>
internal interface IInProcessChildren
{
    /// <summary>How many children live.</summary>
    int Living { get; }

    /// <summary>How many events they will never answer, because their script says so.</summary>
    int Withheld { get; }
}
