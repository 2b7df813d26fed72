using EventDrivenActors.Subprocess.Launching;
using EventDrivenActors.Subprocess.Worker;

/// <summary>Lets an application that was started again with this library as start-up hook become a child, before its own <c>Main</c>.</summary>
/// <remarks>The runtime looks for exactly this type, outside of every namespace.</remarks>
internal static class StartupHook
{
    /// <summary>Runs the child and ends the process; never returns.</summary>
    public static void Initialize()
    {
        // What this child starts in its turn is no child of ours.
        Environment.SetEnvironmentVariable(ChildEnvironment.StartupHooks, null);
        Environment.Exit(WorkerHost.Main().GetAwaiter().GetResult());
    }
}
