using EventDrivenActors.Simulation.Programs;

namespace EventDrivenActors.Simulation.Printing;

/// <summary>Prints how a node is made.</summary>
internal sealed class NodePrinter(SimProgram program, int node, CodeText code)
{
    private readonly NodeSpec _spec = program.Nodes[node];

    public void PrintMaking()
    {
        code.Open(
            _spec.IsPool
                ? $"World.N{node} = World.Runtime.CreatePool({_spec.Workers}, o =>"
                : $"World.N{node} = World.Runtime.CreateController(o =>"
        );
        code.Line($"o.Name = \"{_spec.Name}\";");
        PrintOptions();
        PrintMapping("o", _spec.Keys, isChild: false);
        if (_spec.HearsErrors)
        {
            code.Line("o.Mapping.On(ControllerEvents.Error, (Session s, HandlerFailure failure) => { });");
        }

        if (_spec.HasOtherwise)
        {
            code.Line("o.Mapping.Otherwise(s => \"otherwise\");");
        }

        if (_spec.Vetoes > 0)
        {
            code.Line(
                $"o.Mapping.On(ControllerEvents.Shutdown, (Session s) => {{ if (World.Vetoes{node}-- > 0) {{ "
                    + $"s.Skip(); }} }});"
            );
        }

        if (_spec.Timer is { } interval)
        {
            code.Line($"World.T{node} = o.AddTimer(TimeSpan.FromMilliseconds({interval}));");
            code.Line("o.Mapping.On(ControllerEvents.Timing, (Session s, TimerTick tick) => { });");
        }

        code.Lines(_spec.Adapters.Select(adapter => $"o.Adapters.Add(new {adapter}Adapter());"));
        if (_spec.Child is { } child)
        {
            PrintChild(child);
        }

        code.Close(");");
    }

    private void PrintOptions()
    {
        if (_spec.IsPool && _spec.Routing != PoolRouting.RoundRobin)
        {
            code.Line($"o.Routing = PoolRouting.{_spec.Routing};");
            code.Line("o.HashKey = (key, value) => $\"{key}\";");
        }

        if (_spec.Capacity is { } capacity)
        {
            code.Line($"o.Capacity = {capacity};");
            code.Line($"o.FullMode = QueueFullMode.{_spec.FullMode};");
        }

        if (_spec.ThrowWhenSuspended)
        {
            code.Line("o.ThrowWhenSuspended = true;");
        }

        if (_spec.EventTimeout is { } timeout)
        {
            code.Line($"o.EventTimeout = TimeSpan.FromMilliseconds({timeout});");
        }
    }

    private void PrintChild(ChildSpec child)
    {
        code.Open($"World.C{node} = o.AddSubprocess(c =>");
        code.Line($"c.Workers = {child.Workers};");
        PrintMapping("c", child.AllKeys(), isChild: true);
        if (child.Idempotent.Count > 0)
        {
            code.Line($"c.Idempotent({string.Join(", ", child.Idempotent.Select(key => $"\"{key}\""))});");
            code.Line($"c.MaxAttempts = {child.MaxAttempts};");
        }

        if (child.MaxInFlight is { } most)
        {
            code.Line($"c.MaxInFlight = {most};");
        }

        if (child.EventTimeout is { } timeout)
        {
            code.Line($"c.EventTimeout = TimeSpan.FromMilliseconds({timeout});");
            code.Line($"c.KillOnTimeout = {(child.KillOnTimeout ? "true" : "false")};");
        }

        if (child.Spare)
        {
            code.Line("c.WarmSpare = true;");
        }

        if (child.RecycleAfter is { } events)
        {
            code.Line($"c.Recycling.MaxEvents = {events};");
        }

        code.Close(");");
    }

    private void PrintMapping(string options, IReadOnlyList<KeySpec> keys, bool isChild)
    {
        foreach (KeySpec key in keys)
        {
            code.Line(
                $"{options}.Mapping.On(\"{key.Key}\", (Session s, int id) => "
                    + $"Handlers.{HandlerPrinter.Name(node, key.Key)}(s, id));"
            );
            if (key.Twice)
            {
                code.Line($"{options}.Mapping.On(\"{key.Key}\", (Session s) => \"second\");");
            }
        }

        string home = isChild ? "Child" : "";
        if (keys.Any(key => key.Before is HookKind.SkipsEven or HookKind.ThrowsThird))
        {
            code.Line($"{options}.Mapping.Before((Session s) => Handlers.N{node}{home}Before(s));");
        }
        else if (keys.Any(key => key.Before == HookKind.Plain))
        {
            code.Line($"{options}.Mapping.Before((Session s) => {{ }});");
        }

        if (keys.Any(key => key.After))
        {
            code.Line($"{options}.Mapping.After(async (Session s) => await Task.Yield());");
        }
    }
}
