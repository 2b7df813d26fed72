namespace AssemblyCensus.Feeding;

/// <summary>One event of the census: a file to read, or a place of sabotage.</summary>
/// <param name="Path">The file to read; for sabotage the name of the place.</param>
/// <param name="Sabotage">How the event fails on purpose; null for a file.</param>
internal sealed record CensusItem(string Path, Sabotage? Sabotage = null);
