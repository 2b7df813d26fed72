using EventDrivenActors.Simulation.Programs;

namespace EventDrivenActors.Simulation.Printing;

/// <summary>Prints what a handler does.</summary>
internal sealed class ActPrinter(SimProgram program, Target target, HandlerShape shape)
{
    private readonly bool _isInChild = target.IsInChild(program);

    public IEnumerable<string> Print(Act act) =>
        act.Kind switch
        {
            ActKind.Throw => [$"throw new InvalidOperationException(\"{target.Work.Id} throws.\");"],
            ActKind.Skip => ["s.Skip();"],
            ActKind.Taint => ["Taint.Value = id;", "CultureInfo.CurrentCulture = new CultureInfo(\"tlh\");"],
            ActKind.Report => [$"s.Report({act.Amount});"],
            ActKind.LeaveBehind => [$"_ = Ends.LeaveBehindAsync({act.Amount}, id);"],
            ActKind.Exit when _isInChild => [$"Environment.Exit({act.Amount});"],
            ActKind.Raise when _isInChild => [$"s.Parent!.Dispatch(\"{act.Key}\", args: [{act.Inner!.Id}]);"],
            ActKind.Send when !_isInChild =>
            [
                $"Ends.Offer({act.Inner!.Id}, () => {Node(act)}.Dispatch(\"{act.Key}\", args: [{act.Inner.Id}]));",
            ],
            ActKind.Stop when !_isInChild =>
            [
                $"_ = {Node(act)}.ShutdownAsync(ShutdownMode.{(ShutdownMode)act.Amount});",
            ],
            _ when shape == HandlerShape.Sync => [],
            ActKind.Yield => ["await Task.Yield();"],
            ActKind.Delay => [$"await Task.Delay({act.Amount}, s.CancellationToken);"],
            ActKind.Deaf => [$"await Task.Delay({act.Amount});"],
            ActKind.WaitIdle when !_isInChild => [$"await Ends.TryAsync(() => {Node(act)}.WaitForIdleAsync());"],
            ActKind.WaitEnd when !_isInChild => [$"await Ends.TryAsync(() => {Node(act)}.WaitAsync());"],
            ActKind.Call when !_isInChild => Call(act),
            _ => [],
        };

    private string Node(Act act) => act.Node < 0 ? "(s.Pool ?? s.Self)" : $"World.N{act.Node}";

    private string[] Call(Act act)
    {
        int id = act.Inner!.Id;
        string dispatch = $"Ends.Keep({id}, {Node(act)}.Dispatch(\"{act.Key}\", args: [{id}]))";
        string awaited = (AwaitForm)act.Amount switch
        {
            AwaitForm.NoContext => $"await {dispatch}.ConfigureAwait(false)",
            AwaitForm.AsTask => $"await {dispatch}.AsTask()",
            AwaitForm.WhenAll => $"await Task.WhenAll({dispatch}.AsTask(), Task.CompletedTask)",
            AwaitForm.SettledAsync => $"await {dispatch}.SettledAsync()",
            AwaitForm.InnerTask => $"{{ Pending inner = {dispatch}; await Task.Run(async () => await inner); }}",
            AwaitForm.Room => $"await Ends.Keep({id}, await {Node(act)}.DispatchAsync(\"{act.Key}\", args: [{id}]))",
            AwaitForm.Submitted => $"await Ends.Keep({id}, {Node(act)}.Submit(() => "
                + $"Handlers.{HandlerPrinter.Name(act.Node < 0 ? target.Node : act.Node, Target.Submitted)}{id}()))",
            _ => $"await {dispatch}",
        };
        return [$"await Ends.TryAsync(async () => {(awaited.StartsWith('{') ? awaited : $"{{ {awaited}; }}")});"];
    }
}
