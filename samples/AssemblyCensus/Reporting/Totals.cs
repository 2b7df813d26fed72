using AssemblyCensus.Engines;
using AssemblyCensus.Reading;

namespace AssemblyCensus.Reporting;

/// <summary>Sums over files. Independent of the order of the outcomes, and of sabotage.</summary>
internal sealed record Totals
{
    public static Totals Zero { get; } = new();

    /// <summary>Files whose event has ended.</summary>
    public int Files { get; init; }

    /// <summary>Files with an assembly in them, resource-only ones included.</summary>
    public int Assemblies { get; init; }

    public int ResourceOnly { get; init; }

    public int Modules { get; init; }

    public int Native { get; init; }

    public int Corrupt { get; init; }

    /// <summary>Files whose event failed, so that nothing is known of them.</summary>
    public int Failed { get; init; }

    public long Types { get; init; }

    public long Methods { get; init; }

    public long References { get; init; }

    public long IlBytes { get; init; }

    /// <summary>The sizes of all files that were read.</summary>
    public long FileBytes { get; init; }

    public static Totals Of(IEnumerable<CensusOutcome> outcomes) =>
        outcomes.Aggregate(Zero, (totals, outcome) => totals.Add(outcome));

    public Totals Add(CensusOutcome outcome)
    {
        if (outcome.Item.Sabotage is not null)
        {
            return this;
        }

        if (outcome.Facts is not { } facts)
        {
            return this with { Files = Files + 1, Failed = Failed + 1 };
        }

        return this with
        {
            Files = Files + 1,
            Assemblies = Assemblies + (outcome.IsAssembly ? 1 : 0),
            ResourceOnly = ResourceOnly + One(facts, FileKinds.ResourceOnly),
            Modules = Modules + One(facts, FileKinds.Module),
            Native = Native + One(facts, FileKinds.Native),
            Corrupt = Corrupt + One(facts, FileKinds.Corrupt),
            Types = Types + facts.Types,
            Methods = Methods + facts.Methods,
            References = References + facts.References.Length,
            IlBytes = IlBytes + facts.IlBytes,
            FileBytes = FileBytes + facts.FileBytes,
        };
    }

    private static int One(AssemblyFacts facts, string kind) => facts.Kind == kind ? 1 : 0;
}
