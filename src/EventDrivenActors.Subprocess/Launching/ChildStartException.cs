namespace EventDrivenActors.Subprocess.Launching;

/// <summary>
/// A child could not be started, or ended before it was connected. Nothing of it is left when this is thrown.
/// </summary>
internal class ChildStartException(string message, ChildExit? exit = null, Exception? inner = null)
    : Exception(message, inner)
{
    /// <summary>How the child ended, when it ended by itself.</summary>
    public ChildExit? Exit { get; } = exit;

    /// <summary>Whether another attempt could succeed: not where a file is missing.</summary>
    public bool MayRetry { get; init; } = true;
}
