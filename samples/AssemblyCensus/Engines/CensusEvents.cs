using AssemblyCensus.Feeding;
using AssemblyCensus.Reading;
using EventDrivenActors;

namespace AssemblyCensus.Engines;

/// <summary>The events of the census, and the handlers that the children map to them.</summary>
internal static class CensusEvents
{
    /// <summary>Reads the file whose path is the value. It may be handled twice: reading changes nothing.</summary>
    public static EventKey<string, AssemblyFacts> Read { get; } = new("read");

    /// <summary>Fails on purpose; the value names the place.</summary>
    public static EventKey<string, AssemblyFacts> Of(Sabotage sabotage) => new(sabotage.ToString());

    public static MappingBlueprint Map() =>
        new MappingBlueprint()
            .On(Read, (Func<string, AssemblyFacts>)AssemblyReader.Read)
            .On(Of(Sabotage.Throws), SabotageHandlers.Throw)
            .On(Of(Sabotage.Exits), SabotageHandlers.Exit)
            .On(Of(Sabotage.Overflows), SabotageHandlers.Overflow)
            .On(Of(Sabotage.NeverReturns), SabotageHandlers.NeverReturn);
}
