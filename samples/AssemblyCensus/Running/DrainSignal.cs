using System.Runtime.InteropServices;

namespace AssemblyCensus.Running;

/// <summary>
/// Ctrl-C and SIGTERM. The first signal stops the feeding and starts the deadline; the second one is the deadline.
/// </summary>
internal sealed class DrainSignal : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationTokenSource _abandon;
    private readonly List<PosixSignalRegistration> _registrations = [];
    private readonly Lock _gate = new();
    private int _signals;
    private bool _disposed;

    public DrainSignal(TimeSpan deadline, TimeProvider time)
    {
        Deadline = deadline;
        _abandon = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        _registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal));
        _registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal));
    }

    /// <summary>How long items in flight may take after the first signal.</summary>
    public TimeSpan Deadline { get; }

    /// <summary>Whether a signal has come.</summary>
    public bool IsStopping => _stop.IsCancellationRequested;

    /// <summary>Fires at the deadline.</summary>
    public CancellationToken Abandon => _abandon.Token;

    /// <summary>Handles a signal; safe from any thread.</summary>
    internal void Stop()
    {
        lock (_gate)
        {
            if (_disposed)
            {
                return;
            }

            _signals++;
            _stop.Cancel();
            _abandon.CancelAfter(_signals == 1 ? Deadline : TimeSpan.Zero);
        }
    }

    public void Dispose()
    {
        _registrations.ForEach(registration => registration.Dispose());
        lock (_gate)
        {
            _disposed = true;
            _stop.Dispose();
            _abandon.Dispose();
        }
    }

    private void OnSignal(PosixSignalContext context)
    {
        context.Cancel = true;
        Stop();
    }
}
