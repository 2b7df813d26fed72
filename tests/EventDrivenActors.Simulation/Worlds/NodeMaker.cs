using EventDrivenActors.Simulation.Notes;
using EventDrivenActors.Simulation.Programs;

namespace EventDrivenActors.Simulation.Worlds;

/// <summary>Makes the controllers and pools of a program.</summary>
internal sealed class NodeMaker(
    Scene scene,
    EventRuntime runtime,
    Action<int, SubprocessOptions> attach,
    Action<SubprocessAdapter>? added = null
)
{
    private const long Mebibyte = 1024 * 1024;
    private readonly int[] _vetoed = new int[scene.Program.Nodes.Count];

    public IController Make(int index)
    {
        NodeSpec spec = scene.Program.Nodes[index];
        IController made = spec.IsPool
            ? runtime.CreatePool(
                spec.Workers,
                options =>
                {
                    Configure(options, index);
                    options.Routing = spec.Routing;

                    // The hash codes of strings differ from process to process.
                    options.HashKey = (key, value) => key is string { Length: 2 } numbered ? numbered[1] - '0' : -1;
                }
            )
            : runtime.CreateController(options => Configure(options, index));
        scene.Add(NoteKind.Made, index, $"{made.State}");
        return made;
    }

    /// <summary>A handler that edits of the live mapping add.</summary>
    public static object? Mapped(Session session)
    {
        if (SimHandlers.WorkOf(session) is { } work)
        {
            Scene.Current.Add(NoteKind.Started, session, work, "Mapped");
            Scene.Current.Add(NoteKind.Ended, session, work, "Returned");
        }

        return "mapped";
    }

    private void Configure(ControllerOptions options, int index)
    {
        NodeSpec spec = scene.Program.Nodes[index];
        options.Name = spec.Name;
        options.Capacity = spec.Capacity;
        options.FullMode = spec.FullMode;
        options.ThrowWhenSuspended = spec.ThrowWhenSuspended;
        options.EventTimeout = Milliseconds(spec.EventTimeout);
        Map(options.Mapping, spec.Keys);
        if (spec.HearsErrors)
        {
            options.Mapping.On(
                ControllerEvents.Error,
                (Session session, HandlerFailure failure) =>
                    scene.Add(NoteKind.ErrorHeard, index, Scene.Say(failure.Exception))
            );
        }

        if (spec.HasOtherwise)
        {
            options.Mapping.Otherwise(Otherwise);
        }

        if (spec.Vetoes > 0)
        {
            options.Mapping.On(ControllerEvents.Shutdown, session => Veto(session, index));
        }

        if (spec.Timer is { } interval)
        {
            scene.Timers[index] = options.AddTimer(TimeSpan.FromMilliseconds(interval));
            options.Mapping.On(
                ControllerEvents.Timing,
                (Session session, TimerTick tick) => scene.Add(NoteKind.Tick, index, count: tick.Missed)
            );
        }

        foreach (AdapterKind adapter in spec.Adapters)
        {
            options.Adapters.Add(new SimAdapter(adapter));
        }

        if (spec.Child is { } child)
        {
            SubprocessAdapter adapter = options.AddSubprocess(subprocess => Configure(subprocess, child, index));
            added?.Invoke(adapter);
        }
    }

    private void Configure(SubprocessOptions options, ChildSpec spec, int index)
    {
        options.Workers = spec.Workers;
        options.MaxInFlight = spec.MaxInFlight;
        options.EventTimeout = Milliseconds(spec.EventTimeout);
        options.KillOnTimeout = spec.KillOnTimeout;
        options.MaxAttempts = spec.MaxAttempts;
        options.WarmSpare = spec.Spare;
        options.Recycling.MaxEvents = spec.RecycleAfter;
        options.Idempotent([.. spec.Idempotent]);
        if (spec.MemoryLimit is { } limit)
        {
            options.Recycling.SoftMemoryLimit = limit * Mebibyte;
            options.Recycling.HardMemoryLimit = 2 * limit * Mebibyte;
        }

        options.MaxPayloadBytes = spec.MaxPayload ?? options.MaxPayloadBytes;
        Map(options.Mapping, spec.Keys);
        options.AllowType<Work>();
        if (spec.NestedKeys.Count > 0)
        {
            options.Use<NestedSetup>();
        }

        Cargo.Allow(options);
        attach(index, options);
    }

    /// <summary>Maps keys by their specifications.</summary>
    internal static void Map(MappingBlueprint mapping, IReadOnlyList<KeySpec> keys)
    {
        foreach (KeySpec key in keys)
        {
            mapping.On(key.Key, SimHandlers.Of(key.Shape));
            if (key.Twice)
            {
                mapping.On(key.Key, SimHandlers.Second);
            }
        }

        if (keys.Any(key => key.Before != HookKind.None))
        {
            mapping.Before(SimHandlers.Before);
        }

        if (keys.Any(key => key.After))
        {
            mapping.After(SimHandlers.AfterAsync);
        }
    }

    private object? Otherwise(Session session)
    {
        if (SimHandlers.WorkOf(session) is { } work)
        {
            scene.Add(NoteKind.OtherwiseHeard, session, work);
        }

        return "otherwise";
    }

    private void Veto(Session session, int index)
    {
        if (_vetoed[index]++ < scene.Program.Nodes[index].Vetoes)
        {
            session.Skip();
        }
    }

    private static TimeSpan? Milliseconds(int? time) =>
        time is { } milliseconds ? TimeSpan.FromMilliseconds(milliseconds) : null;
}
