using EventDrivenActors.Subprocess.Child;
using EventDrivenActors.Subprocess.Launching;

namespace EventDrivenActors;

/// <summary>Lets an application be its own child process, where the runtime offers no other way.</summary>
public static class ChildProcessHost
{
    /// <summary>Runs the child, in a process that was started as one; else does nothing.</summary>
    /// <remarks>
    /// Needed in trimmed applications, and in those whose start-up hooks are switched off; it does no harm elsewhere.
    /// It must be the first thing that <c>Main</c> does: <c>if (await ChildProcessHost.RunIfChildAsync()) return;</c>.
    /// The exit code is set in <see cref="Environment.ExitCode"/>.
    /// </remarks>
    /// <returns>
    /// Completes with <see langword="true"/> when the child has ended and <c>Main</c> must return; at once with
    /// <see langword="false"/> in the application itself.
    /// </returns>
    public static async Task<bool> RunIfChildAsync()
    {
        if (!ChildEnvironment.TakeMarker())
        {
            LaunchFacts.NoteMainAsked();
            return false;
        }

        Environment.ExitCode = await ChildHost.LiveAsync().ConfigureAwait(false);
        return true;
    }
}
