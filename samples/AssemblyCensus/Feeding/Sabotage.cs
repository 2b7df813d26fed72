namespace AssemblyCensus.Feeding;

/// <summary>What a handler can do wrong.</summary>
internal enum Sabotage
{
    Throws,
    Exits,
    Overflows,
    NeverReturns,
}
