using System.Diagnostics.CodeAnalysis;

namespace EventDrivenActors.Chaos.Crashes;

/// <summary>
/// A comparer that crashes when it is asked whether it is the default one, as the writer of a dictionary does.
/// </summary>
[SuppressMessage("Design", "CA1067", Justification = "It is no value.")]
internal sealed class BombComparer(CrashKind kind) : IEqualityComparer<string>
{
    public bool Equals(string? x, string? y) => x == y;

    public int GetHashCode(string obj) => obj.Length;

    public override bool Equals(object? obj)
    {
        Crash.Now(kind);
        return false;
    }

    public override int GetHashCode() => 0;
}
