namespace AssemblyCensus.Options;

/// <summary>The checked options of one run.</summary>
internal sealed record CensusOptions
{
    /// <summary>The folder to read, absolute, existing.</summary>
    public required string Path { get; init; }

    /// <summary>How many child processes.</summary>
    public int Children { get; init; } = 2;

    /// <summary>How many workers in each child.</summary>
    public int Workers { get; init; } = 1;

    /// <summary>Keep a second process ready for each child.</summary>
    public bool Spare { get; init; }

    /// <summary>Read at most this many files; null means all.</summary>
    public int? Limit { get; init; }

    /// <summary>Where to write the JSON report; null means nowhere.</summary>
    public string? Json { get; init; }

    /// <summary>Mix in events that fail on purpose.</summary>
    public bool Sabotage { get; init; }

    /// <summary>Read in this process, in one plain loop, without children.</summary>
    public bool InProcess { get; init; }

    /// <summary>Show what the children write and what the library logs.</summary>
    public bool Verbose { get; init; }

    /// <summary>How long Ctrl-C waits for items in flight.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromSeconds(10);
}
