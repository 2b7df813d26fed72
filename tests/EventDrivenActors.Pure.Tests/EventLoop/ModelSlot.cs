namespace EventDrivenActors.Pure.Tests.EventLoop;

/// <summary>A place in the model's queue. A cleaned one is passed over when its turn comes.</summary>
internal sealed class ModelSlot(ScriptedEvent scripted, long number)
{
    public ScriptedEvent Event => scripted;

    public long Number => number;

    public bool Cleaned { get; set; }
}
