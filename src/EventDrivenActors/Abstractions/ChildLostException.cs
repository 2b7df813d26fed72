namespace EventDrivenActors;

/// <summary>The child process that had an event died before it answered.</summary>
/// <param name="message">A sentence that says what happened and how to mend it.</param>
public sealed class ChildLostException(string message) : Exception(message)
{
    /// <summary>Why the child ended, or <see langword="null"/> when that is unknown.</summary>
    public ExitReason? Reason { get; init; }

    /// <summary>The process id of the child, or <see langword="null"/> when none was started.</summary>
    public int? ProcessId { get; init; }

    /// <summary>
    /// The code that the child exited with, or <see langword="null"/> when a signal ended it, or the parent could not
    /// wait for it because SIGCHLD is ignored.
    /// </summary>
    public int? ExitCode { get; init; }

    /// <summary>
    /// The number of the signal that ended the child, or <see langword="null"/> when it exited by itself, or that is
    /// not known.
    /// </summary>
    public int? Signal { get; init; }

    /// <summary>
    /// Whether the event had started, so that its handlers or the reading of its arguments had begun:
    /// <see langword="null"/> when that is unknown.
    /// </summary>
    public bool? Started { get; init; }

    /// <summary>The last lines that the child wrote to its standard error, oldest first.</summary>
    public IReadOnlyList<string> LastErrorLines { get; init; } = [];
}
