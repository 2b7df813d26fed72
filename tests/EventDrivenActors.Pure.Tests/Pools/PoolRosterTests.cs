using System.Collections.Immutable;
using CsCheck;
using EventDrivenActors.Pools;

namespace EventDrivenActors.Pure.Tests.Pools;

/// <summary>
/// The size of a pool as a state machine: any changes of the size, and any order in which workers end.
/// </summary>
public sealed class PoolRosterTests
{
    [Fact]
    public void Roster_AnySizesAndEnds_NeverLetsMoreWorkersTakeThanItsSize() =>
        Gen.Select(Gen.Bool, Gen.Int[1, 6], Gen.Int[0, 5])
            .Array[1, 40]
            .Sample(acts =>
            {
                PoolRoster<object> roster = new();
                HashSet<object> taking = [];
                Dictionary<object, int> indexes = [];
                foreach ((bool resizes, int size, int which) in acts)
                {
                    int before = taking.Count;
                    if (resizes)
                    {
                        Resize(roster, size, indexes, taking);
                    }
                    else if (roster.Leaving.Length > 0)
                    {
                        object ended = roster.Leaving[which % roster.Leaving.Length];
                        taking.Remove(ended);
                        taking.UnionWith(roster.Remove(ended));
                    }

                    Assert.True(
                        roster.Workers.All(worker => roster.IsTaking(worker) == taking.Contains(worker)),
                        "A worker that takes events has not been told so."
                    );
                    Assert.True(
                        taking.Count <= Math.Max(before, roster.Workers.Length),
                        $"{taking.Count} take events in a pool of {roster.Workers.Length}."
                    );
                    Assert.Equal(taking.Count, taking.Select(worker => indexes[worker]).Distinct().Count());
                    Assert.True(
                        roster.Leaving.Length > 0 || roster.Workers.All(roster.IsTaking),
                        "A worker waits for nobody."
                    );
                    Assert.Equal(
                        Enumerable.Range(0, roster.Workers.Length),
                        roster.Workers.Select(worker => indexes[worker])
                    );
                    Assert.Equal(roster.Workers.Length + roster.Leaving.Length, roster.All.Length);
                }

                while (roster.Leaving.Length > 0)
                {
                    roster.Remove(roster.Leaving[0]);
                }

                Assert.False(roster.HasHeld);
            });

    [Fact]
    public void Restore_OfAShrink_IsAsIfThereHadBeenNone() =>
        Gen.Select(Gen.Int[1, 6].Array[1, 6], Gen.Int[1, 6])
            .Sample(
                (sizes, size) =>
                {
                    PoolRoster<object> roster = new();
                    foreach (int one in sizes)
                    {
                        Resize(roster, one);
                    }

                    (object[] workers, object[] leaving, object[] held) = State(roster);
                    roster.Restore(roster.Shrink(size));
                    (object[] workersAfter, object[] leavingAfter, object[] heldAfter) = State(roster);

                    Assert.Equal(workers, workersAfter);
                    Assert.Equal(leaving, leavingAfter);
                    Assert.Equal(held, heldAfter);
                }
            );

    private static (object[] Workers, object[] Leaving, object[] Held) State(PoolRoster<object> roster) =>
        ([.. roster.Workers], [.. roster.Leaving], [.. roster.Workers.Where(worker => !roster.IsTaking(worker))]);

    private static void Resize(
        PoolRoster<object> roster,
        int size,
        Dictionary<object, int>? indexes = null,
        HashSet<object>? taking = null
    )
    {
        while (roster.Workers.Length < size)
        {
            object worker = new();
            indexes?.Add(worker, roster.Workers.Length);
            ImmutableArray<object> released = roster.Join(worker);
            taking?.UnionWith(released);
        }

        foreach ((object worker, bool wasHeld) in roster.Shrink(size))
        {
            Assert.NotEqual(wasHeld, taking?.Contains(worker) ?? !wasHeld);
        }
    }
}
