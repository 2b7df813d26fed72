using EventDrivenActors.Simulation.Programs;

namespace EventDrivenActors.Simulation.Printing;

/// <summary>Prints the handlers of a node, each with a case for every event that it may get.</summary>
internal sealed class HandlerPrinter(SimProgram program, int node, FaultPrinter faults, CodeText code)
{
    private readonly NodeSpec _spec = program.Nodes[node];

    public static string Name(int node, string key) => $"N{node}{char.ToUpperInvariant(key[0])}{key[1..]}";

    /// <summary>Whether some handler sets state that no later event may meet.</summary>
    public static bool IsTainted(SimProgram program) =>
        program.AllWork.Any(work => work.Acts.Any(act => act.Kind == ActKind.Taint));

    public void Print()
    {
        Target[] targets = [.. Target.Of(program).Where(target => target.Node == node)];
        foreach (KeySpec key in _spec.Keys)
        {
            PrintHandler(key, targets, isInChild: false);
        }

        foreach (KeySpec key in (_spec.Child?.AllKeys() ?? []).Where(key => _spec.Keys.All(own => own.Key != key.Key)))
        {
            PrintHandler(key, targets, isInChild: true);
        }

        foreach (Target target in targets.Where(target => target.Key == Target.Submitted))
        {
            code.Open($"public static async Task<object?> {Name(node, Target.Submitted)}{target.Work.Id}()");
            code.Line("Session s = Session.Current;");
            code.Line($"int id = {target.Work.Id};");
            PrintActs(target, HandlerShape.Task);
            code.Close().Line();
        }

        PrintBefore("", _spec.Keys);
        PrintBefore("Child", _spec.Child?.AllKeys() ?? []);
    }

    private void PrintHandler(KeySpec key, IReadOnlyList<Target> targets, bool isInChild)
    {
        string name = Name(node, key.Key);
        code.Line($"// {_spec.Name} {key.Key}{(isInChild ? ", in the child" : "")}");
        switch (key.Shape)
        {
            case HandlerShape.Sync:
                code.Open($"public static object? {name}(Session s, int id)");
                break;
            case HandlerShape.ValueTask:
                code.Open($"public static async ValueTask<object?> {name}(Session s, int id)");
                break;
            case HandlerShape.Nested:
                code.Open($"public static async Task<Task<object?>> {name}(Session s, int id)")
                    .Line("await Task.Yield();")
                    .Line($"return {name}Inner(s, id);")
                    .Close()
                    .Line();
                code.Open($"static async Task<object?> {name}Inner(Session s, int id)");
                break;
            default:
                code.Open($"public static async Task<object?> {name}(Session s, int id)");
                break;
        }

        if (IsTainted(program))
        {
            code.Line("Ends.Meet(id);");
        }

        if (isInChild)
        {
            code.Lines(faults.InHandler(node));
        }

        Target[] acting =
        [
            .. targets.Where(target =>
                target.Key == key.Key
                && target.Work.Acts.SelectMany(new ActPrinter(program, target, key.Shape).Print).Any()
            ),
        ];
        if (acting.Length > 0)
        {
            code.Open("switch (id)");
            foreach (Target target in acting)
            {
                code.Open($"case {target.Work.Id}:");
                PrintActs(target, key.Shape, returns: false);
                code.Close();
            }

            code.Close();
        }

        code.Line("return id;");
        code.Close().Line();
    }

    private void PrintActs(Target target, HandlerShape shape, bool returns = true)
    {
        ActPrinter acts = new(program, target, shape);
        bool isOver = false;
        foreach (Act act in target.Work.Acts)
        {
            code.Lines(acts.Print(act));
            if (act.Kind == ActKind.Throw)
            {
                isOver = true;
                break;
            }
        }

        if (!isOver)
        {
            code.Line(returns ? "return id;" : "break;");
        }
    }

    private void PrintBefore(string home, IReadOnlyList<KeySpec> keys)
    {
        if (!keys.Any(key => key.Before is HookKind.SkipsEven or HookKind.ThrowsThird))
        {
            return;
        }

        code.Open($"public static void N{node}{home}Before(Session s)");
        code.Open("switch (s.Args is [int id, ..] ? ($\"{s.Event}\", id) : (\"\", 0))");
        foreach (KeySpec key in keys)
        {
            if (key.Before == HookKind.SkipsEven)
            {
                code.Line($"case (\"{key.Key}\", var skipped) when skipped % 2 == 0: s.Skip(); break;");
            }
            else if (key.Before == HookKind.ThrowsThird)
            {
                code.Line(
                    $"case (\"{key.Key}\", var refused) when refused % 3 == 0: throw new "
                        + $"InvalidOperationException($\"The before hook refuses {{refused}}.\");"
                );
            }
        }

        code.Close().Close().Line();
    }
}
