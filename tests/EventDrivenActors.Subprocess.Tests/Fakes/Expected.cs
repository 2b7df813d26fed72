namespace EventDrivenActors.Subprocess.Tests.Fakes;

/// <summary>What a fault does to the events.</summary>
public enum Expected
{
    /// <summary>Nothing: all complete in the first child.</summary>
    Harmless,

    /// <summary>The child had no event yet: all complete in the next one.</summary>
    Retried,

    /// <summary>Another child would be refused too: all are lost and the controller fails.</summary>
    Refused,

    /// <summary>What the child had taken and not settled is lost, the rest completes in the next one.</summary>
    Lost,

    /// <summary>The child lives and does not answer: a shutdown ends what it keeps.</summary>
    Open,
}
