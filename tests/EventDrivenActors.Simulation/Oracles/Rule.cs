namespace EventDrivenActors.Simulation.Oracles;

/// <summary>Checks one promise, or one part of it.</summary>
internal abstract class Rule
{
    /// <summary>Whether it is right only where each note is written at the very instant of what it tells.</summary>
    public virtual bool NeedsInstants => false;

    public abstract void Check(RunStory run, List<Breach> found);
}
