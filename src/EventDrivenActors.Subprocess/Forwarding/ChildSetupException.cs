using EventDrivenActors.Subprocess.Wire;

namespace EventDrivenActors.Subprocess.Forwarding;

/// <summary>The child could not build its workers.</summary>
internal sealed class ChildSetupException(RemoteFailure failure)
    : Exception($"The set-up of the child process failed with {failure.TypeName}: {failure.Message}")
{
    /// <summary>Whether another child could succeed: not where the child runs another build.</summary>
    public bool MayRetry => failure.TypeName != typeof(MethodReferenceException).FullName;
}
