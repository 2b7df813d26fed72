using EventDrivenActors.Chaos.Recording;

namespace EventDrivenActors.Chaos.Crashes;

/// <summary>
/// A dictionary's key whose hash code, which a reader of the dictionary asks for, crashes in one kind of process.
/// </summary>
/// <param name="Kind">How.</param>
/// <param name="InChild">Whether in children; else in their parent.</param>
internal sealed record BombKey(CrashKind Kind, bool InChild)
{
    public bool Equals(BombKey? other) => other is not null && Kind == other.Kind;

    public override int GetHashCode()
    {
        if (InChild == Notebook.IsChild)
        {
            Crash.Now(Kind);
        }

        return (int)Kind;
    }
}
