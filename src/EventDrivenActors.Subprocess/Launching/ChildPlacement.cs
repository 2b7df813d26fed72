using System.Diagnostics;

namespace EventDrivenActors.Subprocess.Launching;

/// <summary>The user's choices for the process of a child; null stands for the parent's value.</summary>
internal sealed record ChildPlacement
{
    /// <summary>Variables; null removes one.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>();

    public IReadOnlyList<string>? Arguments { get; init; }

    public string? WorkingDirectory { get; init; }

    public ProcessPriorityClass? Priority { get; init; }

    public int? OpenFiles { get; init; }

    /// <summary>In bytes.</summary>
    public long? AddressSpace { get; init; }
}
