using AssemblyCensus.Engines;

namespace AssemblyCensus.Reporting;

/// <summary>A file worth listing, and why.</summary>
/// <param name="Kind">The kind of the file, or of the failure of its event.</param>
/// <param name="File">Relative to the folder of the census, with forward slashes.</param>
/// <param name="Sentence">Why it is listed.</param>
internal sealed record Finding(string Kind, string File, string Sentence)
{
    public static Finding Of(CensusOutcome outcome, string folder) =>
        new(
            outcome.Failure?.Name() ?? outcome.Facts!.Kind,
            RelativePath.Of(outcome.Item.Path, folder),
            outcome.Sentence!
        );
}
