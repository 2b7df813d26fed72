using EventDrivenActors.Subprocess.Launching;
using EventDrivenActors.Subprocess.Testing;
using EventDrivenActors.TestKit.Children;

namespace EventDrivenActors.TestKit;

/// <summary>Runs children in the test's own process.</summary>
public static class ChildScriptExtensions
{
    /// <summary>
    /// Runs the children of a controller in the test's own process: the same mapping, serialization and type filter
    /// over the same link, but no process is started, and faults can be scripted.
    /// </summary>
    /// <param name="options">The options of the child.</param>
    /// <param name="kit">The kit of the test, on whose clock the child's handlers run.</param>
    /// <returns>The script that makes the children fail on command.</returns>
    /// <remarks>
    /// Handlers share the statics of the test, and a handler that ends the process ends the test. Killing such a child
    /// ends its link; a running handler goes on, without effect.
    /// </remarks>
    public static ChildScript RunInProcess(this SubprocessOptions options, ControllerTestKit kit)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(kit);
        ChildScript script = new();
        kit.Journals.AddInProcess(options, script);
        options.Launcher = launch => Launch(launch with { Time = kit.Time }, script);
        return script;
    }

    private static InProcessChild Launch(ChildLaunch launch, ChildScript script)
    {
        ScriptedChild? scripted = null;
        InProcessChild child = new(launch, program => new ScriptedProgram(program, script, scripted!));
        scripted = script.Begin(child);
        return scripted is not null
            ? child
            : throw new ChildStartException("The test's script makes this child fail to start.");
    }
}
