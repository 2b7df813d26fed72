using EventDrivenActors.Subprocess.Wire;

namespace EventDrivenActors.Subprocess.Forwarding;

/// <summary>The child could not build its workers, or not in time.</summary>
internal sealed class ChildSetupException(string message) : Exception(message)
{
    public ChildSetupException(RemoteFailure failure)
        : this($"The set-up of the child process failed with {failure.TypeName}: {failure.Message}") =>
        MayRetry = failure.TypeName != typeof(MethodReferenceException).FullName;

    /// <summary>Whether another child could succeed: not where the child runs another build.</summary>
    public bool MayRetry { get; } = true;
}
