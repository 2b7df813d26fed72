namespace EventDrivenActors.Simulation.Programs;

/// <content>The steps of clients.</content>
internal sealed partial class Generator
{
    private ClientSpec MakeClient(bool runs)
    {
        List<Step> steps = [];
        if (runs)
        {
            for (int node = 0; node < _nodes.Count; node++)
            {
                if (Chance(92))
                {
                    steps.Insert(_random.Next(steps.Count + 1), new Step(StepKind.Run, node));
                }
            }
        }

        int length = 2 + _random.Next(_random.Next(4) == 0 ? 24 : 9);
        for (int i = 0; i < length; i++)
        {
            steps.Insert(runs && Chance(10) ? _random.Next(steps.Count + 1) : steps.Count, MakeStep(steps));
        }

        if (Chance(70))
        {
            steps.Add(new Step(StepKind.AwaitAll));
        }

        return new ClientSpec(steps);
    }

    private Step MakeStep(List<Step> before)
    {
        int node = _random.Next(_nodes.Count);
        return Chance(55) ? MakeOffer(node) : MakeCall(node, before);
    }

    private Step MakeOffer(int node)
    {
        StepKind kind = Pick(
            StepKind.Dispatch,
            StepKind.Dispatch,
            StepKind.Dispatch,
            StepKind.Dispatch,
            StepKind.DispatchAsync,
            StepKind.Post,
            StepKind.PostMany,
            StepKind.Submit,
            StepKind.Tell
        );
        if (
            kind == StepKind.PostMany
            && _nodes[node] is { Capacity: not null, IsPool: true, Routing: not PoolRouting.RoundRobin }
        )
        {
            // Such a pool queues events one by one, and a client cannot know which of them a full queue has refused.
            kind = StepKind.Post;
        }

        bool many = kind == StepKind.PostMany;
        return new Step(kind, node)
        {
            Key = kind == StepKind.Submit ? "submit" : AnyKey(node),
            Works = [.. Enumerable.Range(0, many ? 1 + _random.Next(4) : 1).Select(_ => MakeWork(node, depth: 0))],
            Timeout =
                kind is StepKind.Dispatch or StepKind.DispatchAsync or StepKind.Submit
                && (Is(Theme.Times) ? Chance(40) : Chance(6))
                    ? Pick(1, 30, 100, 1_000)
                    : null,
            CancelAfter =
                kind is StepKind.Dispatch or StepKind.DispatchAsync or StepKind.Submit && Chance(10)
                    ? Pick(0, 1, 5, 40, 300)
                    : null,
            Awaited = kind != StepKind.DispatchAsync || Chance(60),
        };
    }

    private Step MakeCall(int node, List<Step> before)
    {
        List<(int Weight, Func<Step> Make)> all =
        [
            (6, () => new Step(StepKind.Pause, node) { Amount = Pick(1, 5, 20, 60, 300, 2_000) }),
            (4, () => new Step(StepKind.AwaitAll)),
            (
                3,
                () =>
                    new Step(StepKind.Cancel, node)
                    {
                        Amount = before.SelectMany(step => step.Works).Select(work => work.Id).LastOrDefault(),
                    }
            ),
            (2, () => new Step(StepKind.Clean, node)),
            (2, () => new Step(StepKind.WaitIdle, node) { Awaited = Chance(50) }),
            (2, () => new Step(StepKind.WaitPending, node) { Awaited = Chance(50) }),
            (1, () => new Step(StepKind.WaitReady, node) { Awaited = false }),
            (1, () => new Step(StepKind.WaitEnd, node) { Awaited = false }),
            (Is(Theme.Suspending) ? 10 : 2, () => new Step(StepKind.Suspend, node) { Awaited = Chance(70) }),
            (Is(Theme.Suspending) ? 12 : 3, () => new Step(StepKind.Resume, node)),
            (Is(Theme.Suspending) ? 8 : 1, () => new Step(StepKind.Step, node)),
            (1, () => new Step(StepKind.StarveParent, node) { Amount = Pick(5, 50, 500) }),
            (Is(Theme.Ends) ? 8 : 2, () => MakeShutdown(node)),
            (Is(Theme.Ends) ? 8 : 2, () => new Step(StepKind.Run, node)),
            (1, () => new Step(StepKind.Map, node) { Key = AnyKey() }),
            (1, () => new Step(StepKind.Unmap, node) { Key = AnyKey() }),
        ];
        if (_nodes[node].IsPool)
        {
            all.Add((Is(Theme.Pools) ? 8 : 2, () => new Step(StepKind.Resize, node) { Amount = 1 + _random.Next(4) }));
        }

        if (Is(Theme.Listening))
        {
            all.Add(
                (10, () => new Step(StepKind.Listen, node) { Amount = _random.Next(_nodes.Count), Key = AnyKey() })
            );
            all.Add((3, () => new Step(StepKind.Unlisten, node)));
        }

        if (_nodes[node].Timer is not null)
        {
            all.Add((6, () => new Step(StepKind.SetTiming, node) { Amount = Pick(0, 20, 50, 500) }));
        }

        if (Is(Theme.Times | Theme.Timers))
        {
            all.Add((2, () => new Step(StepKind.Jump, node) { Amount = Pick(1, 100, 5_000, 100_000) }));
        }

        if (_nodes[node].Child is not null)
        {
            all.Add(
                (
                    4,
                    () =>
                        new Step(
                            Pick(
                                StepKind.KillChild,
                                StepKind.FreezeChild,
                                StepKind.TerminateChild,
                                StepKind.StarveChild
                            ),
                            node
                        )
                        {
                            Amount = Pick(10, 500, 4_000, 20_000),
                        }
                )
            );
        }

        if (_nodes[node].Child is { MemoryLimit: { } limit })
        {
            all.Add((6, () => new Step(StepKind.GrowChild, node) { Amount = Pick(limit / 2, limit + 10, 3 * limit) }));
        }

        if (Is(Theme.Ends) && Chance(4))
        {
            all.Add((6, () => new Step(StepKind.EndSystem, node) { Awaited = false }));
        }

        int at = _random.Next(all.Sum(one => one.Weight));
        foreach ((int weight, Func<Step> make) in all)
        {
            at -= weight;
            if (at < 0)
            {
                return make();
            }
        }

        return all[0].Make();
    }

    private Step MakeShutdown(int node) =>
        new(StepKind.Shutdown, node)
        {
            Amount = (int)Pick(ShutdownMode.Drain, ShutdownMode.Drain, ShutdownMode.Finish, ShutdownMode.Abort),
            Timeout = Chance(50) ? Pick(1, 50, 1_000, 60_000) : null,
            Awaited = Chance(60),
        };

    private string AnyKey(int node) => _nodes[node].Child is { NestedKeys.Count: > 0 } && Chance(40) ? "k8" : AnyKey();

    private string AnyKey() => $"k{_random.Next(Chance(10) ? Keys : Keys - 1)}";

    private Work MakeWork(int node, int depth)
    {
        int id = ++_works;
        int acts = _random.Next(5) switch
        {
            0 => 0,
            1 or 2 => 1,
            3 => 2,
            _ => 3,
        };
        return new Work(
            id,
            Chance(_nodes[node].Child is null ? 8 : 30) ? _random.Next(100) : -1,
            [.. Enumerable.Range(0, acts).Select(_ => MakeAct(node, depth))]
        );
    }

    private Act MakeAct(int node, int depth)
    {
        List<(int Weight, Func<Act> Make)> all =
        [
            (8, () => new Act(ActKind.Yield)),
            (8, () => new Act(ActKind.Delay, Amount: Pick(1, 5, 30, 150, 1_500))),
            (2, () => new Act(ActKind.Deaf, Amount: Pick(5, 60, 500, 3_000, 20_000))),
            (4, () => new Act(ActKind.Throw)),
            (1, () => new Act(ActKind.Skip)),
            (1, () => new Act(ActKind.LeaveBehind, Amount: Pick(1, 50))),
            (1, () => new Act(ActKind.Taint)),
            (1, () => new Act(ActKind.Report, Amount: 7)),
        ];
        if (Is(Theme.Ends))
        {
            all.Add(
                (
                    2,
                    () =>
                        new Act(
                            ActKind.Stop,
                            _random.Next(_nodes.Count),
                            (int)Pick(ShutdownMode.Drain, ShutdownMode.Finish, ShutdownMode.Abort)
                        )
                )
            );
        }

        if (depth < 3 && (Is(Theme.Waits) || Chance(30)))
        {
            int weight = Is(Theme.Waits) ? 16 : 2;
            all.Add((weight, () => MakeInner(ActKind.Call, depth, _random.Next(10))));
            all.Add((2, () => MakeInner(ActKind.Send, depth, 0)));
            if (Is(Theme.Waits))
            {
                all.Add((1, () => new Act(ActKind.WaitIdle, _random.Next(_nodes.Count))));
                all.Add((1, () => new Act(ActKind.WaitEnd, _random.Next(_nodes.Count))));
            }
        }

        if (_nodes[node].Child is not null && depth < 2)
        {
            all.Add((3, () => new Act(ActKind.Raise, node, 0, AnyKey(), MakeWork(node, depth + 1))));
        }

        int at = _random.Next(all.Sum(one => one.Weight));
        foreach ((int weight, Func<Act> make) in all)
        {
            at -= weight;
            if (at < 0)
            {
                return make();
            }
        }

        return all[0].Make();
    }

    private Act MakeInner(ActKind kind, int depth, int form)
    {
        int target = _random.Next(_nodes.Count);
        return new Act(kind, target, form, AnyKey(), MakeWork(target, depth + 1));
    }
}
