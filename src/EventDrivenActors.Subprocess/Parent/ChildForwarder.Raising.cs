using EventDrivenActors.Subprocess.Wire;

namespace EventDrivenActors.Subprocess.Parent;

internal sealed partial class ChildForwarder
{
    private int _raisedWaiting;

    private RaisedEvents RaisedBy(ChildSession child) =>
        new(
            Controller,
            (key, reason) => _log?.RaiseRefused(key, reason),
            (taken, full) => TellTaken(child, taken, full),
            OnRaisedWaits
        );

    private bool TellTaken(ChildSession child, long taken, bool full)
    {
        lock (_gate)
        {
            if (child.ProcessId is null)
            {
                return false;
            }

            SendControl(child, new WireMessage.RaiseTaken(taken, full));
            return true;
        }
    }

    private void OnRaisedWaits(int change)
    {
        if (Interlocked.Add(ref _raisedWaiting, change) == 0)
        {
            BecameIdle?.Invoke();
        }
    }
}
