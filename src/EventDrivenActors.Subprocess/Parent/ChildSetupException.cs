using EventDrivenActors.Wire.Protocol;

namespace EventDrivenActors.Subprocess.Parent;

/// <summary>The child could not build its workers, or not in time.</summary>
internal sealed class ChildSetupException : Exception
{
    public ChildSetupException(RemoteFailure failure)
        : base($"The set-up of the child process failed with {failure.TypeName}: {failure.Message}")
    {
        Reason = ExitReason.SetupFailed;
        MayRetry = !Lacks(failure);
    }

    public ChildSetupException(TimeSpan limit)
        : base(
            $"The set-up of the child process took longer than '{limit}', so it was killed; make it faster, or raise "
                + "'setup-timeout' or SetupTimeout."
        )
    {
        Reason = ExitReason.SetupTimedOut;
        MayRetry = true;
    }

    public ExitReason Reason { get; }

    /// <summary>
    /// Whether another child could succeed: not where the child lacks what the parent has, a type, a method or an
    /// assembly.
    /// </summary>
    public bool MayRetry { get; }

    private static bool Lacks(RemoteFailure failure) =>
        failure.TypeName == typeof(MethodReferenceException).FullName
        || failure.TypeName == typeof(TypeLoadException).FullName
        || failure.TypeName == typeof(BadImageFormatException).FullName
        || (
            IsFileFailure(failure)
            && failure.Message.StartsWith("Could not load file or assembly", StringComparison.Ordinal)
        )
        || failure.Inner.Any(Lacks);

    private static bool IsFileFailure(RemoteFailure failure) =>
        failure.TypeName == typeof(FileNotFoundException).FullName
        || failure.TypeName == typeof(FileLoadException).FullName;
}
