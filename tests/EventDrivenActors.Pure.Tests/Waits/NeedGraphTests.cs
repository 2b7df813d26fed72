using CsCheck;
using EventDrivenActors.Waits;

namespace EventDrivenActors.Pure.Tests.Waits;

/// <summary>
/// The graph against a simulation that tries every schedule: whether any lets what is waited for come.
/// </summary>
public sealed class NeedGraphTests
{
    private readonly Node _first = new();
    private readonly Node _second = new();
    private readonly Node _firstWaits = new();
    private readonly Node _secondWaits = new();

    private static readonly Gen<WaitTopology> Topologies =
        from loops in Gen.Int[1, 5]
        from pools in Gen.Int[0, 2]
        from running in Gen.Bool.Array[loops]
        from members in Gen.Int[0, (1 << loops) - 1].Array[pools]
        from waits in Gen.Select(Gen.Int[0, loops - 1], Gen.Bool, Gen.Int[0, loops + pools - 1]).Array[0, 6]
        select new WaitTopology(running, members, waits);

    [Fact]
    public void Judge_AnyTopology_SaysWhatEveryScheduleShows() =>
        Topologies.Sample(
            topology =>
            {
                foreach (int wait in topology.OpenWaits)
                {
                    NeedVerdict verdict = NeedGraph.Judge(
                        topology.WantedBy(wait),
                        topology.EventOf(wait),
                        certainly: true,
                        out IReadOnlyList<INeed> way
                    );
                    bool comes = topology.Comes(wait, ends: false);
                    bool comesAfter = topology.Comes(wait, ends: true);
                    Assert.Equal(
                        comes ? NeedVerdict.Free
                            : comesAfter || topology.IsHeldByItsOwnEventAlone(wait) ? NeedVerdict.OnlyAfter
                            : NeedVerdict.BlockedElsewhere,
                        verdict
                    );
                    Assert.Equal(verdict == NeedVerdict.OnlyAfter, way.Count > 0);
                    if (way.Count > 0)
                    {
                        Assert.Same(topology.WantedBy(wait), way[0]);
                        Assert.Same(topology.EventOf(wait), way[^1]);
                    }
                }
            },
            iter: 20_000,
            print: topology => topology.ToString()
        );

    [Fact]
    public void Judge_AnyTopologyThatIsBlocked_BlamesOneOfItsWaits() =>
        Topologies.Sample(
            topology =>
            {
                NeedVerdict[] verdicts =
                [
                    .. topology.OpenWaits.Select(wait =>
                        NeedGraph.Judge(topology.WantedBy(wait), topology.EventOf(wait), certainly: true, out _)
                    ),
                ];
                Assert.True(
                    verdicts.All(verdict => verdict == NeedVerdict.Free) || verdicts.Contains(NeedVerdict.OnlyAfter)
                );
            },
            iter: 20_000,
            print: topology => topology.ToString()
        );

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

    [Fact]
    public void TwoWaits_ThatNeedBothEnds_AreEachACircle()
    {
        _first.Needs.AddRange([_firstWaits]);
        _second.Needs.AddRange([_secondWaits]);
        _firstWaits.Needs.AddRange([_first, _second]);
        _secondWaits.Needs.AddRange([_first, _second]);

        Assert.Equal(NeedVerdict.OnlyAfter, JudgeCertainly(_firstWaits, _first, out IReadOnlyList<INeed> way));
        Assert.Equal([_firstWaits, _first], way);
        Assert.Equal(NeedVerdict.OnlyAfter, JudgeCertainly(_secondWaits, _second, out _));
    }

    [Fact]
    public void FourWaits_ThatNeedTheEndsOfTwoOthersEach_AreOneCircle()
    {
        Node[] ends = [new(), new(), new(), new()];
        Node[] waits = [new(), new(), new(), new()];
        for (int i = 0; i < 4; i++)
        {
            ends[i].Needs.AddRange([waits[i]]);
            waits[i].Needs.AddRange(i < 2 ? ends[2..] : ends[..2]);
        }

        Assert.All(
            Enumerable.Range(0, 4),
            i => Assert.Equal(NeedVerdict.OnlyAfter, JudgeCertainly(waits[i], ends[i], out _))
        );
    }

    [Fact]
    public void AWait_ForACircleOfOthers_IsNone()
    {
        _first.Needs.AddRange([_firstWaits]);
        _firstWaits.Needs.AddRange([_second]);
        _second.Needs.AddRange([_secondWaits]);
        _secondWaits.Needs.AddRange([_second]);

        Assert.Equal(NeedVerdict.BlockedElsewhere, JudgeCertainly(_firstWaits, _first, out IReadOnlyList<INeed> way));
        Assert.Empty(way);
        Assert.Equal(NeedVerdict.OnlyAfter, JudgeCertainly(_secondWaits, _second, out _));
    }

    [Fact]
    public void AWait_ThatNeedsItsOwnEnd_AndACircleOfOthers_EndsWhenThatHasBeenEnded()
    {
        _first.Needs.AddRange([_firstWaits]);
        _firstWaits.Needs.AddRange([_first, _second]);
        _second.Needs.AddRange([_secondWaits]);
        _secondWaits.Needs.AddRange([_second]);

        Assert.Equal(NeedVerdict.BlockedElsewhere, JudgeCertainly(_firstWaits, _first, out _));
        Assert.Equal(NeedVerdict.OnlyAfter, JudgeCertainly(_secondWaits, _second, out _));
    }

    private static NeedVerdict JudgeCertainly(INeed wanted, INeed end, out IReadOnlyList<INeed> way) =>
        NeedGraph.Judge(wanted, end, certainly: true, out way);

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
