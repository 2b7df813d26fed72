namespace AssemblyCensus.Reading;

/// <summary>
/// The facts about one file. They cross a process line, so they are only primitives, strings and arrays.
/// </summary>
internal sealed record AssemblyFacts
{
    /// <summary>One of <see cref="FileKinds"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>The hash of the whole file, in lower-case hex.</summary>
    public required string Sha256 { get; init; }

    /// <summary>The size of the file.</summary>
    public required long FileBytes { get; init; }

    /// <summary>Why the file is not an ordinary assembly, as a sentence; null for one.</summary>
    public string? Problem { get; init; }

    public string? Name { get; init; }

    public string? Version { get; init; }

    /// <summary>The moniker, as in ".NETCoreApp,Version=v10.0"; null when the assembly names none.</summary>
    public string? TargetFramework { get; init; }

    /// <summary>The simple names of the referenced assemblies, in the order of the file.</summary>
    public string[] References { get; init; } = [];

    /// <summary>The types the assembly defines, nested ones included, without <c>&lt;Module&gt;</c>.</summary>
    public int Types { get; init; }

    public int Methods { get; init; }

    /// <summary>
    /// The sum of the code sizes that the headers of the method bodies state; headers and exception tables not
    /// included.
    /// </summary>
    public long IlBytes { get; init; }
}
