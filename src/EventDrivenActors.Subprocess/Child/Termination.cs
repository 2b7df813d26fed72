using System.Runtime.InteropServices;
using EventDrivenActors.Subprocess.Launching;

namespace EventDrivenActors.Subprocess.Child;

/// <summary>
/// SIGTERM to a child: the child must leave. If it has not left in time, for example because its thread pool is
/// starved, the signal's own thread ends it.
/// </summary>
internal sealed class Termination : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(3);
    private readonly CancellationTokenSource _leaving = new();
    private readonly ManualResetEventSlim _left = new();
    private readonly PosixSignalRegistration _registration;

    // Written by the signal's thread, read by any.
    private int _came;

    public Termination() => _registration = PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal);

    /// <summary>Fires when the signal comes.</summary>
    public CancellationToken Leaving => _leaving.Token;

    /// <summary>
    /// Whether it has come. The exit code of the child then says so, as that of a process that the signal ends.
    /// </summary>
    public bool HasCome => Volatile.Read(ref _came) != 0;

    /// <summary>The child has left.</summary>
    public void Dispose()
    {
        _left.Set();
        _registration.Dispose();
    }

    private void OnSignal(PosixSignalContext context)
    {
        context.Cancel = true;
        if (Interlocked.Exchange(ref _came, 1) != 0)
        {
            return;
        }

        _leaving.Cancel();
        if (!_left.Wait(Limit))
        {
            Environment.Exit(ChildExit.Terminated);
        }
    }
}
