namespace EventDrivenActors.Subprocess.Launching;

/// <summary>A child could not be started, or ended before it was connected. Nothing of it is left when this is thrown.</summary>
internal class ChildStartException(string message, ChildExit? exit = null, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>How the child ended, when it ended of itself.</summary>
    public ChildExit? Exit { get; } = exit;
}
