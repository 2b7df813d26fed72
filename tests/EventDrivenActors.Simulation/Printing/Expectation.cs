using EventDrivenActors.Simulation.Programs;

namespace EventDrivenActors.Simulation.Printing;

/// <summary>The output that a printed program should give, as far as that is known without running it.</summary>
internal static class Expectation
{
    private const string AnyEnd = "(Completed|Skipped|Faulted|Cancelled|TimedOut|ChildLost|Poisoned|Closed)";

    /// <summary>The lines; one that begins with <c>~</c> is a regular expression.</summary>
    public static IEnumerable<string> Of(SimProgram program)
    {
        bool isPlain = IsPlain(program);
        Dictionary<int, Work> works = program.AllWork.ToDictionary(work => work.Id);
        return Events(program)
            .Select(id =>
                isPlain
                    ? $"event {id}: {(works[id].Acts.Any(act => act.Kind == ActKind.Throw) ? "Faulted" : "Completed")}"
                    : $"~event {id}: ({AnyEnd}|refused by .+)"
            )
            .Append("all has ended");
    }

    /// <summary>The events of the clients that have a pending; the ends of these are printed.</summary>
    public static IReadOnlyList<int> Events(SimProgram program) =>
        [
            .. program
                .Clients.SelectMany(client => client.Steps)
                .Where(step => step.Kind is StepKind.Dispatch or StepKind.DispatchAsync or StepKind.Submit)
                .SelectMany(step => step.Works.Take(1))
                .Select(work => work.Id)
                .Order(),
        ];

    /// <summary>Whether nothing in a program can end an event but its handler.</summary>
    private static bool IsPlain(SimProgram program) =>
        program.Faults.Count == 0
        && program.Clients is [{ Steps: [{ Kind: StepKind.Run }, ..] }]
        && program.Nodes
            is [
            {
                Capacity: null,
                EventTimeout: null,
                Adapters: [],
                Vetoes: 0,
                Child: null,
                Routing: not PoolRouting.Broadcast
            },
            ]
        && program
            .Clients[0]
            .Steps.All(step =>
                step
                    is
                {
                    Kind: StepKind.Run
                            or StepKind.Dispatch
                            or StepKind.DispatchAsync
                            or StepKind.Submit
                            or StepKind.Pause
                            or StepKind.AwaitAll,
                    Timeout: null,
                    CancelAfter: null,
                    Amount: < 10_000,
                }
            )
        && Target
            .Of(program)
            .All(target =>
                (target.Key == Target.Submitted || target.KeyIn(program) is { Before: HookKind.None or HookKind.Plain })
                && target.Work.Acts.All(act =>
                    act is { Kind: ActKind.Yield or ActKind.Delay or ActKind.Throw or ActKind.Report, Amount: < 2_000 }
                )
            );
}
