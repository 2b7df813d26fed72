namespace AssemblyCensus.Feeding;

/// <summary>The ways in which a handler fails on purpose.</summary>
internal enum Sabotage
{
    Throws,
    Exits,
    Overflows,
    NeverReturns,
}
