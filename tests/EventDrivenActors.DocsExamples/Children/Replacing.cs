namespace EventDrivenActors.DocsExamples.Children;

internal static class Replacing
{
    public static void Set(SubprocessOptions child)
    {
        // <snippet>
        child.WarmSpare = true;                                // a second child is kept ready
        child.Recycling.MaxEvents = 10_000;
        child.Recycling.MaxAge = TimeSpan.FromHours(6);
        child.Recycling.SoftMemoryLimit = 400L << 20;          // resident bytes: replaced between events
        child.Recycling.HardMemoryLimit = 800L << 20;          // killed at once
        // </snippet>
    }
}
