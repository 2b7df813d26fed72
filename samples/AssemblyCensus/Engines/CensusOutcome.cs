using AssemblyCensus.Feeding;
using AssemblyCensus.Reading;

namespace AssemblyCensus.Engines;

/// <summary>The one end of one item: facts, or a failure of the event with its sentence.</summary>
internal sealed record CensusOutcome
{
    private CensusOutcome(CensusItem item) => Item = item;

    public CensusItem Item { get; }

    /// <summary>The facts of the file, whatever its kind; null when the event failed.</summary>
    public AssemblyFacts? Facts { get; private init; }

    /// <summary>How the event failed; null when the file was read.</summary>
    public EventFailure? Failure { get; private init; }

    /// <summary>Why it is not an ordinary assembly, or why the event failed; null for an ordinary assembly.</summary>
    public string? Sentence { get; private init; }

    /// <summary>Whether this was a file and an assembly was found in it.</summary>
    public bool IsAssembly => Facts is not null && FileKinds.IsAssembly(Facts.Kind);

    public static CensusOutcome Read(CensusItem item, AssemblyFacts facts) =>
        new(item) { Facts = facts, Sentence = facts.Problem };

    public static CensusOutcome Failed(CensusItem item, EventFailure failure, string sentence) =>
        new(item) { Failure = failure, Sentence = sentence };
}
