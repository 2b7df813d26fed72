using System.Runtime.InteropServices;
using EventDrivenActors.Subprocess.Launching;

namespace EventDrivenActors.Subprocess.Worker;

/// <summary>SIGTERM to a child: it is to leave, and is ended from the signal's own thread when it has not left in time, as where its pool is starved.</summary>
internal sealed class Termination : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(3);
    private readonly CancellationTokenSource _leaving = new();
    private readonly ManualResetEventSlim _left = new();
    private readonly PosixSignalRegistration _registration;
    private int _came;

    public Termination() => _registration = PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal);

    /// <summary>Fires when the signal comes.</summary>
    public CancellationToken Leaving => _leaving.Token;

    /// <summary>Whether it has come: then the child says so by its exit code, as a process does that the signal ends.</summary>
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
