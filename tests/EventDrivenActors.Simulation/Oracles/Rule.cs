namespace EventDrivenActors.Simulation.Oracles;

/// <summary>Checks one promise, or one part of it.</summary>
internal abstract class Rule
{
    /// <summary>Whether the rule holds only if each note is written at the very instant that it describes.</summary>
    public virtual bool NeedsInstants => false;

    public abstract void Check(RunStory run, List<Breach> found);
}
