using CsCheck;
using EventDrivenActors.Waits;

namespace EventDrivenActors.Pure.Tests.Waits;

/// <summary>The graph against a simulation that tries every schedule: whether any lets what is waited for come.</summary>
public sealed class NeedGraphTests
{
    private static readonly Gen<WaitTopology> Topologies =
        from loops in Gen.Int[1, 5]
        from pools in Gen.Int[0, 2]
        from running in Gen.Bool.Array[loops]
        from members in Gen.Int[0, (1 << loops) - 1].Array[pools]
        from waits in Gen.Select(Gen.Int[0, loops - 1], Gen.Bool, Gen.Int[0, loops + pools - 1]).Array[0, 6]
        select new WaitTopology(running, members, waits);

    [Fact]
    public void Judge_AnyTopology_SaysWhatEveryScheduleShows() => Topologies.Sample(
        topology =>
        {
            foreach (int wait in topology.OpenWaits)
            {
                NeedVerdict verdict = NeedGraph.Judge(topology.WantedBy(wait), topology.EventOf(wait), certainly: true, out IReadOnlyList<INeed> way);
                bool comes = topology.Comes(wait, ends: false);
                bool comesAfter = topology.Comes(wait, ends: true);
                Assert.Equal(comes ? NeedVerdict.Free : comesAfter ? NeedVerdict.OnlyAfter : NeedVerdict.BlockedElsewhere, verdict);
                Assert.Equal(verdict == NeedVerdict.OnlyAfter, way.Count > 0);
                if (way.Count > 0)
                {
                    Assert.Same(topology.WantedBy(wait), way[0]);
                    Assert.Same(topology.EventOf(wait), way[^1]);
                }
            }
        },
        iter: 20_000,
        print: topology => topology.ToString());

    [Fact]
    public void Judge_WhatChangesBetweenTwoReadings_IsReadAgain()
    {
        Node end = new();
        Node freed = new(end);
        Node wanted = new(freed);
        int readings = 0;
        freed.Read = () =>
        {
            if (++readings > 2)
            {
                freed.Needs.Clear();
            }
        };

        Assert.Equal(NeedVerdict.Free, NeedGraph.Judge(wanted, end, certainly: true, out _));
    }

    [Fact]
    public void Judge_LongChain_IsFollowedToItsEnd()
    {
        Node end = new();
        Node wanted = end;
        for (int i = 0; i < 100_000; i++)
        {
            wanted = new Node(wanted);
        }

        Assert.Equal(NeedVerdict.OnlyAfter, NeedGraph.Judge(wanted, end, certainly: true, out _));
    }

    private sealed class Node(params INeed[] needs) : INeed
    {
        public List<INeed> Needs { get; } = [.. needs];

        public Action? Read { get; set; }

        public void AddNeeds(List<INeed> needs, bool certainly)
        {
            Read?.Invoke();
            needs.AddRange(Needs);
        }
    }
}
