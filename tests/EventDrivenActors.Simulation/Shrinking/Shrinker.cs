using EventDrivenActors.Simulation.Programs;

namespace EventDrivenActors.Simulation.Shrinking;

/// <summary>
/// Makes a failing program smaller as long as it fails in the same way. Its decisions depend on the program and on the
/// answers alone.
/// </summary>
/// <param name="fails">Whether a program still fails.</param>
/// <param name="budget">How often it may be asked.</param>
internal sealed class Shrinker(Func<SimProgram, bool> fails, int budget = 1_000)
{
    /// <summary>Another order of the same smaller program may fail where the first one does not.</summary>
    private const int OtherOrder = 7_919;

    private SimProgram _best = new(0, [], [], []);

    /// <summary>How often it has asked.</summary>
    public int Runs { get; private set; }

    private bool IsSpent => Runs >= budget;

    public SimProgram Shrink(SimProgram failing)
    {
        _best = failing;
        SimProgram before;
        do
        {
            before = _best;
            DropParts();
            SimplifyNodes();
            SimplifySteps();
            SimplifyWork();
            SimplifyFaults();
        } while (!ReferenceEquals(before, _best) && !IsSpent);

        return _best;
    }

    private void DropParts()
    {
        Drop(program => program.Clients, (program, clients) => program with { Clients = clients });
        Drop(program => program.Faults, (program, faults) => program with { Faults = faults });
        for (int client = _best.Clients.Count - 1; client >= 0; client--)
        {
            int at = client;
            Drop(
                program => program.Clients[at].Steps,
                (program, steps) => program.WithClient(at, new ClientSpec(steps))
            );
        }

        for (int client = _best.Clients.Count - 1; client > 0; client--)
        {
            Try(_best.Joined(client - 1, client));
        }

        for (int node = _best.Nodes.Count - 1; node >= 0 && _best.Nodes.Count > 1; node--)
        {
            Try(_best.WithoutNode(node));
        }

        foreach (int id in Ids())
        {
            Drop(
                program => program.FindWork(id)?.Acts ?? [],
                (program, acts) => program.WithWork(id, work => work with { Acts = [.. acts] })
            );
        }
    }

    private void SimplifyNodes()
    {
        for (int node = 0; node < _best.Nodes.Count; node++)
        {
            int at = node;
            Drop(
                program => program.Nodes[at].Keys,
                (program, keys) => program.WithNode(at, program.Nodes[at] with { Keys = keys })
            );
            Drop(
                program => program.Nodes[at].Adapters,
                (program, adapters) => program.WithNode(at, program.Nodes[at] with { Adapters = adapters })
            );
            Drop(
                program => program.Nodes[at].Child?.Keys ?? [],
                (program, keys) =>
                    program.WithNode(
                        at,
                        program.Nodes[at] with
                        {
                            Child = program.Nodes[at].Child! with { Keys = keys },
                        }
                    )
            );
            foreach (Func<NodeSpec, NodeSpec?> change in NodeChanges.All)
            {
                if (change(_best.Nodes[at]) is { } simpler)
                {
                    Try(_best.WithNode(at, simpler));
                }
            }

            SimplifyKeys(at);
        }
    }

    private void SimplifyKeys(int node)
    {
        for (int key = 0; key < _best.Nodes[node].Keys.Count; key++)
        {
            foreach (Func<KeySpec, KeySpec?> change in KeyChanges.All)
            {
                NodeSpec spec = _best.Nodes[node];
                if (change(spec.Keys[key]) is { } simpler)
                {
                    Try(_best.WithNode(node, spec with { Keys = spec.Keys.With(key, simpler) }));
                }
            }
        }

        for (int key = 0; key < (_best.Nodes[node].Child?.Keys.Count ?? 0); key++)
        {
            foreach (Func<KeySpec, KeySpec?> change in KeyChanges.All)
            {
                NodeSpec spec = _best.Nodes[node];
                if (change(spec.Child!.Keys[key]) is { } simpler)
                {
                    Try(
                        _best.WithNode(
                            node,
                            spec with
                            {
                                Child = spec.Child with { Keys = spec.Child.Keys.With(key, simpler) },
                            }
                        )
                    );
                }
            }
        }
    }

    private void SimplifySteps()
    {
        for (int client = 0; client < _best.Clients.Count; client++)
        {
            for (int step = 0; step < _best.Clients[client].Steps.Count; step++)
            {
                (int who, int at) = (client, step);
                Drop(
                    program => program.Clients[who].Steps[at].Works,
                    (program, works) => program.WithStep(who, at, program.Clients[who].Steps[at] with { Works = works })
                );
                foreach (Func<Step, IEnumerable<Step>> change in StepChanges.All)
                {
                    FirstOf(change(_best.Clients[who].Steps[at]).Select(simpler => _best.WithStep(who, at, simpler)));
                }
            }
        }
    }

    private void SimplifyWork()
    {
        foreach (int id in Ids())
        {
            if (_best.FindWork(id) is { Cargo: >= 0 })
            {
                Try(_best.WithWork(id, work => work with { Cargo = -1 }));
            }

            for (int act = 0; act < (_best.FindWork(id)?.Acts.Length ?? 0); act++)
            {
                int at = act;
                Act current = _best.FindWork(id)!.Acts[at];
                FirstOf(
                    ActChanges
                        .Of(current)
                        .Select(simpler =>
                            _best.WithWork(id, work => work with { Acts = [.. work.Acts.With(at, simpler)] })
                        )
                );
            }
        }
    }

    private void SimplifyFaults()
    {
        for (int fault = 0; fault < _best.Faults.Count; fault++)
        {
            FaultSpec spec = _best.Faults[fault];
            int at = fault;
            FirstOf(
                Numbers
                    .Below(spec.Nth, 1)
                    .Select(nth => _best with { Faults = _best.Faults.With(at, spec with { Nth = nth }) })
            );
            FaultSpec next = _best.Faults[fault];
            FirstOf(
                Numbers
                    .Below(next.Amount, 0)
                    .Select(amount => _best with { Faults = _best.Faults.With(at, next with { Amount = amount }) })
            );
        }
    }

    /// <summary>Drops as much of a list as it can: all of it, then halves, quarters and so on, from the end.</summary>
    private void Drop<T>(Func<SimProgram, IReadOnlyList<T>> list, Func<SimProgram, IReadOnlyList<T>, SimProgram> with)
    {
        for (int chunk = list(_best).Count; chunk > 0; chunk /= 2)
        {
            for (int from = list(_best).Count - chunk; from >= 0 && !IsSpent; from -= chunk)
            {
                IReadOnlyList<T> all = list(_best);
                Try(with(_best, [.. all.Take(from), .. all.Skip(from + chunk)]));
            }

            if (chunk > 1 && list(_best).Count is var left && left < chunk)
            {
                chunk = left + 1;
            }
        }
    }

    private void FirstOf(IEnumerable<SimProgram> candidates)
    {
        foreach (SimProgram candidate in candidates.ToArray())
        {
            if (Try(candidate))
            {
                return;
            }
        }
    }

    private bool Try(SimProgram candidate)
    {
        foreach (
            SimProgram ordered in (SimProgram[])
                [candidate, candidate with { Seed = unchecked(candidate.Seed + OtherOrder) }]
        )
        {
            if (IsSpent)
            {
                return false;
            }

            Runs++;
            if (fails(ordered))
            {
                _best = ordered;
                return true;
            }
        }

        return false;
    }

    private int[] Ids() => [.. _best.AllWork.Select(work => work.Id).Distinct().OrderDescending()];
}
