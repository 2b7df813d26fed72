using EventDrivenActors.Simulation.Programs;

namespace EventDrivenActors.Simulation.Printing;

/// <summary>Prints the script of a client.</summary>
internal sealed class ClientPrinter(SimProgram program, ClientSpec client, CodeText code)
{
    private readonly List<int> _own = [];

    public void Print(int index)
    {
        code.Open($"Task client{index} = Task.Run(async () =>");
        foreach (Step step in client.Steps)
        {
            code.Lines(Print(step));
        }

        code.Close(");");
    }

    private IEnumerable<string> Print(Step step)
    {
        string node = $"World.N{step.Node}";
        NodeSpec spec = program.Nodes[step.Node];
        return step.Kind switch
        {
            StepKind.Dispatch
            or StepKind.DispatchAsync
            or StepKind.Post
            or StepKind.PostMany
            or StepKind.Submit
            or StepKind.Tell => Offer(step, node),
            StepKind.AwaitAll => _own.Count == 0 ? [] : [$"await Ends.SettledAsync({string.Join(", ", _own)});"],
            StepKind.Cancel => [$"Ends.Cancel({step.Amount});"],
            StepKind.Pause => [$"await Task.Delay({step.Amount});"],
            StepKind.Suspend => [Call(step, $"{node}.SuspendAsync()")],
            StepKind.Resume => [Do($"{node}.Resume()")],
            StepKind.Clean => [Do($"{node}.Clean()")],
            StepKind.Resize when spec.IsPool => [Do($"{node}.Resize({step.Amount})")],
            StepKind.Resize => [],
            StepKind.Listen => [Do($"World.L{step.Node}.Push({node}.Listen(World.N{step.Amount}, \"{step.Key}\"))")],
            StepKind.Unlisten when HasListening(step.Node) =>
            [
                Do($"{{ if (World.L{step.Node}.TryPop(out IDisposable? listening)) {{ listening.Dispose(); }} }}"),
            ],
            StepKind.Unlisten => [],
            StepKind.Map => [Do($"{node}.Mapping.Add(\"{step.Key}\", (Session s) => \"mapped\")")],
            StepKind.Unmap => [Do($"{node}.Mapping.Remove(\"{step.Key}\")")],
            StepKind.Shutdown =>
            [
                Call(step, $"{node}.ShutdownAsync(ShutdownMode.{(ShutdownMode)step.Amount}{DeadlineOf(step)})"),
            ],
            StepKind.Run => [Do($"{node}.Run()")],
            StepKind.WaitIdle => [Call(step, $"{node}.WaitForIdleAsync()")],
            StepKind.WaitPending => [Call(step, $"{node}.PendingAsync()")],
            StepKind.WaitReady => [Call(step, $"{node}.ReadyAsync()")],
            StepKind.WaitEnd => [Call(step, $"{node}.WaitAsync()")],
            StepKind.SetTiming when spec.Timer is not null => [Do($"World.T{step.Node}.SetTiming({TimingOf(step)})")],
            StepKind.EndSystem => [Call(step, "World.Runtime.System.Terminate()")],
            StepKind.KillChild when spec.Child is not null => [Do($"World.C{step.Node}.Kill()")],
            StepKind.FreezeChild when spec.Child is not null =>
            [
                $"Ends.Signal(World.C{step.Node}.ProcessId, \"STOP\", {step.Amount});",
            ],
            StepKind.TerminateChild when spec.Child is not null =>
            [
                $"Ends.Signal(World.C{step.Node}.ProcessId, \"TERM\", 0);",
            ],
            StepKind.StarveChild =>
            [
                $"// The pool of the child of {spec.Name} is stuck for {step.Amount} ms here; only the simulator does "
                    + "that.",
            ],
            StepKind.Jump =>
            [
                $"// The clock jumps by {step.Amount} ms here, as if the machine had slept; only the simulator does "
                    + "that.",
            ],
            _ => [],
        };
    }

    private static string DeadlineOf(Step step) =>
        step.Timeout is { } limit ? $", TimeSpan.FromMilliseconds({limit})" : "";

    private static string TimingOf(Step step) =>
        step.Amount == 0 ? "null" : $"TimeSpan.FromMilliseconds({step.Amount})";

    private IEnumerable<string> Offer(Step step, string node)
    {
        int id = step.Works.Count == 0 ? 0 : step.Works[0].Id;
        if (step.Works.FirstOrDefault(work => work.Cargo >= 0) is { } laden)
        {
            yield return $"// In the simulator a value travels with it: number {laden.Cargo} of the catalogue.";
        }

        string more =
            (
                step.Timeout is { } timeout
                    ? $", options: new EventOptions {{ Timeout = TimeSpan.FromMilliseconds({timeout}) }}"
                    : ""
            ) + (step.CancelAfter is { } after ? $", cancellationToken: Ends.After({after})" : "");
        switch (step.Kind)
        {
            case StepKind.Dispatch:
                _own.Add(id);
                yield return $"Ends.Offer({id}, () => {node}.Dispatch(\"{step.Key}\", args: [{id}]{more}));";
                break;
            case StepKind.DispatchAsync:
                _own.Add(id);
                yield return Awaited(
                    step,
                    $"Ends.OfferAsync({id}, () => {node}.DispatchAsync(\"{step.Key}\", args: [{id}]{more}))"
                );
                break;
            case StepKind.Submit:
                _own.Add(id);
                yield return $"Ends.Offer({id}, () => {node}.Submit(() => "
                    + $"Handlers.{HandlerPrinter.Name(step.Node, Target.Submitted)}{id}(){more}));";
                break;
            case StepKind.Tell:
                yield return Do(
                    $"{node}.Ref.Tell(new ControllerEvent(\"{step.Key}\", null, [{id}]), ActorRefs.NoSender)"
                );
                break;
            case StepKind.PostMany:
                yield return Do(
                    $"{node}.PostMany(\"{step.Key}\", {string.Join(", ", step.Works.Select(work => work.Id))})"
                );
                break;
            default:
                yield return Do($"{node}.Post(\"{step.Key}\", args: [{id}])");
                break;
        }
    }

    private bool HasListening(int node) =>
        program.Clients.Any(other => other.Steps.Any(step => step.Kind == StepKind.Listen && step.Node == node));

    private static string Do(string call) => $"Ends.Try(() => {(call.StartsWith('{') ? call : $"{{ {call}; }}")});";

    private static string Call(Step step, string call) => Awaited(step, $"Ends.TryAsync(() => {call})");

    private static string Awaited(Step step, string call) => step.Awaited ? $"await {call};" : $"Ends.Aside({call});";
}
