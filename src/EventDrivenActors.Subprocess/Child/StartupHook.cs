using EventDrivenActors.Subprocess.Child;
using EventDrivenActors.Subprocess.Launching;

/// <summary>
/// Lets an application that was started again with this library as start-up hook become a child, before its own
/// <c>Main</c>.
/// </summary>
/// <remarks>The runtime looks for exactly this type, outside of every namespace.</remarks>
internal static class StartupHook
{
    /// <summary>Runs the child and ends the process; returns only where the process is no child.</summary>
    public static void Initialize()
    {
        if (ChildEnvironment.TakeMarker())
        {
            Environment.Exit(ChildHost.LiveAsync().GetAwaiter().GetResult());
        }
    }
}
