using System.Runtime.CompilerServices;

namespace EventDrivenActors.Sessions;

/// <summary>For tasks that are known to have ended, so that nothing waits here.</summary>
internal static class EndedTask
{
    /// <summary>Throws what the task failed with, as awaiting it would.</summary>
    public static void ThrowIfFailed(this Task ended)
    {
        if (!ended.IsCompletedSuccessfully)
        {
            TaskAwaiter awaiter = ended.GetAwaiter();
            awaiter.GetResult();
        }
    }
}
