using AssemblyCensus.Engines;
using AssemblyCensus.Feeding;
using AssemblyCensus.Reading;
using AssemblyCensus.Reporting;

namespace EventDrivenActors.Samples.Tests.Census;

public class TotalsTests
{
    private static readonly CensusOutcome[] Outcomes =
    [
        Read("a", FileKinds.Assembly, types: 3, bytes: 100),
        Read("b", FileKinds.Assembly, types: 4, bytes: 200),
        Read("c", FileKinds.ResourceOnly, types: 0, bytes: 10),
        Read("d", FileKinds.Module, types: 1, bytes: 20),
        Read("e", FileKinds.Native, types: 0, bytes: 30),
        Read("f", FileKinds.Corrupt, types: 0, bytes: 40),
        CensusOutcome.Failed(new CensusItem("g"), EventFailure.Poisoned, "It died."),
        CensusOutcome.Failed(new CensusItem("place", Sabotage.Exits), EventFailure.ChildExited, "It exited."),
        CensusOutcome.Failed(new CensusItem("place", Sabotage.Throws), EventFailure.HandlerFailed, "It threw."),
    ];

    [Fact]
    public void Of_EveryKind_CountsEachOnceAndSabotageNever()
    {
        Totals expected = new()
        {
            Files = 7,
            Assemblies = 3,
            ResourceOnly = 1,
            Modules = 1,
            Native = 1,
            Corrupt = 1,
            Failed = 1,
            Types = 8,
            Methods = 16,
            References = 12,
            IlBytes = 80,
            FileBytes = 400,
        };

        Assert.Equal(expected, Totals.Of(Outcomes));
    }

    [Fact]
    public void Of_AnotherOrder_IsTheSame() => Assert.Equal(Totals.Of(Outcomes), Totals.Of(Outcomes.Reverse()));

    [Fact]
    public void Of_Nothing_IsZero() => Assert.Equal(Totals.Zero, Totals.Of([]));

    private static CensusOutcome Read(string path, string kind, int types, long bytes) =>
        CensusOutcome.Read(
            new CensusItem(path),
            new AssemblyFacts
            {
                Kind = kind,
                Sha256 = path,
                FileBytes = bytes,
                Types = types,
                Methods = 2 * types,
                IlBytes = 10 * types,
                References = ["x", "y"],
            }
        );
}
