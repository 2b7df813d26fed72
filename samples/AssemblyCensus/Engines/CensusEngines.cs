using AssemblyCensus.Options;

namespace AssemblyCensus.Engines;

/// <summary>Chooses the engine that reads.</summary>
internal static class CensusEngines
{
    public static ICensusEngine Create(CensusOptions options, TimeProvider time) =>
        options.InProcess ? new InProcessEngine() : new ProcessPoolEngine(options, time);
}
