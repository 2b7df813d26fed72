using EventDrivenActors.Simulation.Programs;

namespace EventDrivenActors.Simulation.Printing;

/// <summary>Prints the adapters that a program has.</summary>
internal static class AdapterPrinter
{
    public static void Print(SimProgram program, CodeText code)
    {
        foreach (AdapterKind kind in program.Nodes.SelectMany(node => node.Adapters).Distinct().Order())
        {
            code.Open($"sealed class {kind}Adapter : IAdapter");
            code.Open("public void Configure(IAdapterContext controller)");
            code.Lines(Body(kind));
            code.Close().Close().Line();
        }
    }

    private static IEnumerable<string> Body(AdapterKind kind) =>
        kind switch
        {
            AdapterKind.Defers =>
            [
                "controller.UseInbound((session, next) =>",
                "{",
                "    if (session.Args is not [int id, ..] || id % 4 != 1) { return next(session); }",
                "    DeferredEvent deferred = session.Defer();",
                "    _ = Task.Run(async () => { await Task.Delay(id % 40); "
                    + "deferred.Settle(EventOutcome.Completed([id])); });",
                "    return default;",
                "});",
            ],
            AdapterKind.Filters =>
            [
                "controller.UseInbound(async (session, next) => { if (session.Args is [int id, ..] && id % 2 == 1) { "
                    + "await Task.Yield(); } await next(session); });",
            ],
            AdapterKind.FilterThrows =>
            [
                "controller.UseInbound((session, next) => session.Args is [int id, ..] && id % 5 == 0 ? throw new "
                    + "InvalidOperationException($\"The filter refuses {id}.\") : next(session));",
            ],
            AdapterKind.RefusesOutbound =>
            [
                "controller.UseOutbound((outbound, next) => outbound.Args is [int id, ..] && id % 7 == 0 ? throw new "
                    + "InvalidOperationException($\"The filter refuses {id}.\") : next(outbound));",
            ],
            AdapterKind.LifecycleThrows =>
            [
                "controller.Lifecycle.OnStarted(() => throw new InvalidOperationException(\"OnStarted throws.\"));",
                "controller.Lifecycle.OnSuspended(() => throw new InvalidOperationException(\"OnSuspended throws.\"));",
                "controller.Lifecycle.OnFinishing(() => throw new InvalidOperationException(\"OnFinishing throws.\"));",
            ],
            AdapterKind.StopsSlowly => ["controller.Lifecycle.OnStopping(async _ => await Task.Delay(1500));"],
            _ => ["controller.Lifecycle.OnStopping(async token => await Task.Delay(Timeout.InfiniteTimeSpan, token));"],
        };
}
