namespace EventDrivenActors.Wire.Payloads;

/// <summary>The state that the writer of a payload keeps with the payload's buffer.</summary>
internal abstract class PayloadState
{
    /// <summary>Forgets the payload.</summary>
    public abstract void Reset();
}
