namespace EventDrivenActors.Subprocess.Launching;

/// <summary>
/// A running child, whatever it is made of: its start message, its signals and its end. All members may be called by
/// any thread, any number of times.
/// </summary>
internal interface IChildProcess : IAsyncDisposable
{
    /// <summary>The process that will connect.</summary>
    int ProcessId { get; }

    /// <summary>
    /// Completes when the child has ended; never faults. Continuations may run on the thread that sees the end, and
    /// must not block it.
    /// </summary>
    Task<ChildExit> Exited { get; }

    /// <summary>Hands over the one start message. Called once.</summary>
    /// <exception cref="IOException">The child does not read it.</exception>
    Task SendStartAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken);

    /// <summary>Asks the child and its group to leave (SIGTERM).</summary>
    void Terminate();

    /// <summary>Ends the child and its group (SIGKILL).</summary>
    void Kill();
}
