namespace EventDrivenActors.Subprocess.Tests.Testing;

/// <summary>
/// The key of a dictionary whose hash code, once it is set to, throws or does not end: so does whoever reads the
/// dictionary.
/// </summary>
internal sealed class HostileKey
{
    /// <summary>Lets go who asks for a hash code that does not end.</summary>
    public static ManualResetEventSlim Release { get; } = new();

    public string? Trap { get; set; }

    /// <summary>A dictionary that was made before its key was set.</summary>
    public static Dictionary<HostileKey, int> In(string? trap)
    {
        HostileKey key = new();
        Dictionary<HostileKey, int> map = new() { [key] = 1 };
        key.Trap = trap;
        return map;
    }

    public override bool Equals(object? obj) => ReferenceEquals(this, obj);

    public override int GetHashCode()
    {
        switch (Trap)
        {
            case "throw":
                throw new NotSupportedException("this key has no hash code");
            case "hang":
                Release.Wait();
                break;
        }

        return 1;
    }
}
