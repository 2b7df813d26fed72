using EventDrivenActors.Simulation.Programs;

namespace EventDrivenActors.Simulation.Shrinking;

/// <summary>A program with one part of it changed.</summary>
internal static class ProgramEdits
{
    public static IReadOnlyList<T> With<T>(this IReadOnlyList<T> list, int at, T item) =>
        [.. list.Take(at), item, .. list.Skip(at + 1)];

    public static SimProgram WithClient(this SimProgram program, int at, ClientSpec client) =>
        program with
        {
            Clients = program.Clients.With(at, client),
        };

    public static SimProgram WithNode(this SimProgram program, int at, NodeSpec node) =>
        program with
        {
            Nodes = program.Nodes.With(at, node),
        };

    public static SimProgram WithStep(this SimProgram program, int client, int at, Step step) =>
        program.WithClient(client, new ClientSpec(program.Clients[client].Steps.With(at, step)));

    /// <summary>One client does what two did side by side.</summary>
    public static SimProgram Joined(this SimProgram program, int first, int second) =>
        program with
        {
            Clients =
            [
                .. program.Clients.Take(first),
                new ClientSpec([.. program.Clients[first].Steps, .. program.Clients[second].Steps]),
                .. program.Clients.Where((_, index) => index > first && index != second),
            ],
        };

    public static Work? FindWork(this SimProgram program, int id) =>
        program.AllWork.FirstOrDefault(work => work.Id == id);

    public static SimProgram WithWork(this SimProgram program, int id, Func<Work, Work> change) =>
        program.WithEachWork(work => work.Id == id ? change(work) : work);

    /// <summary>Removes a node and all steps that concern it; the later nodes move up.</summary>
    public static SimProgram WithoutNode(this SimProgram program, int node)
    {
        SimProgram left = program with
        {
            Nodes = [.. program.Nodes.Where((_, index) => index != node)],
            Clients =
            [
                .. program.Clients.Select(client => new ClientSpec([
                    .. client.Steps.Where(step => !Concerns(step, node)).Select(step => Moved(step, node)),
                ])),
            ],
            Faults =
            [
                .. program
                    .Faults.Where(fault => fault.Node != node)
                    .Select(fault => fault with { Node = Moved(fault.Node, node) }),
            ],
        };
        return left.WithEachWork(work =>
            work with
            {
                Acts =
                [
                    .. work
                        .Acts.Where(act => act.Node != node)
                        .Select(act => act with { Node = Moved(act.Node, node) }),
                ],
            }
        );
    }

    private static bool Concerns(Step step, int node) =>
        step.Node == node || (step.Kind == StepKind.Listen && step.Amount == node);

    private static Step Moved(Step step, int node) =>
        step with
        {
            Node = Moved(step.Node, node),
            Amount = step.Kind == StepKind.Listen ? Moved(step.Amount, node) : step.Amount,
        };

    private static int Moved(int index, int without) => index > without ? index - 1 : index;

    private static SimProgram WithEachWork(this SimProgram program, Func<Work, Work> change) =>
        program with
        {
            Clients =
            [
                .. program.Clients.Select(client => new ClientSpec([
                    .. client.Steps.Select(step =>
                        step with
                        {
                            Works = [.. step.Works.Select(work => Changed(work, change))],
                        }
                    ),
                ])),
            ],
        };

    private static Work Changed(Work work, Func<Work, Work> change)
    {
        Work changed = change(work);
        return changed with
        {
            Acts =
            [
                .. changed.Acts.Select(act =>
                    act.Inner is { } inner ? act with { Inner = Changed(inner, change) } : act
                ),
            ],
        };
    }
}
