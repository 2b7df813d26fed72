using AssemblyCensus.Options;

namespace AssemblyCensus.Engines;

/// <summary>Chooses who reads.</summary>
internal static class CensusEngines
{
    public static ICensusEngine Create(CensusOptions options) => options.InProcess
        ? new InProcessEngine()
        : throw new CensusException("Reading in child processes is not there yet; add --in-process.");
}
