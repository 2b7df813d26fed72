namespace EventDrivenActors;

/// <summary>
/// The operating system's limits for a child, from its first instruction. Beyond a limit the system's calls fail in
/// the child.
/// </summary>
public sealed class ChildLimits
{
    internal const int FewestFiles = 64;
    internal const long LeastSpace = 1L << 30;

    /// <summary>How many files and sockets the child may have open at a time.</summary>
    /// <value>Default <see langword="null"/>: as many as this process; else 64 at least.</value>
    public int? OpenFiles { get; set; }

    /// <summary>How many bytes of addresses the child may reserve, used or not.</summary>
    /// <remarks>
    /// The runtime reserves far more than it uses, and at most half of this for its heap. To limit memory itself set
    /// <c>DOTNET_GCHeapHardLimit</c> in <see cref="SubprocessOptions.Environment"/>, or
    /// <see cref="RecyclingOptions.HardMemoryLimit"/>.
    /// </remarks>
    /// <value>Default <see langword="null"/>: as many as this process; else 1 GiB at least.</value>
    public long? AddressSpace { get; set; }
}
