using EventDrivenActors.Subprocess.Supervision;
using EventDrivenActors.Subprocess.Wire;

namespace EventDrivenActors.Subprocess.Parent;

internal sealed partial class ChildForwarder
{
    private bool _finishing;
    private bool _aborted;

    /// <summary>
    /// Cancels what no child has started: at once where it waits here, by the child's word where it was sent.
    /// </summary>
    /// <returns>How many events are cancelled already.</returns>
    public int Clean() => Withdraw(finishing: false);

    /// <summary>As <see cref="Clean"/>, and takes nothing more until the next run.</summary>
    public void Finish() => Withdraw(finishing: true);

    /// <summary>
    /// Calls of remote objects that are still open when the run ends were aborted; the loop has cancelled its events
    /// itself.
    /// </summary>
    public void Abort()
    {
        lock (_gate)
        {
            _aborted = true;
        }
    }

    /// <summary>How a call ends that the run does not serve any more. Under the gate, or after the run.</summary>
    private EventOutcome Unserved(OutstandingCall call) =>
        _lastEnd is { } end ? EventOutcome.ChildLost(ChildFailures.GivenUp(Controller.Name, end, call))
        : _aborted ? EventOutcome.Cancelled
        : EventOutcome.Closed;

    private int Withdraw(bool finishing)
    {
        IReadOnlyList<OutstandingCall> waiting;
        lock (_gate)
        {
            _finishing |= finishing;
            waiting =
            [
                .. _table.TakeWaiting(),
                .. _sessions.SelectMany(child => _table.TakeBound(child.Member.Calls, removals: false)),
            ];
            foreach (ChildSession child in _sessions.Where(child => child.Member.Calls.Count > 0))
            {
                child.Member.Calls.Withdraw();
                if (child.Member.IsUp)
                {
                    SendControl(child, new WireMessage.Withdraw(child.Member.Calls.Taken));
                }
            }

            MakeRoom();
        }

        foreach (OutstandingCall call in waiting)
        {
            call.Settle(EventOutcome.Cancelled);
        }

        BecameIdle?.Invoke();
        return waiting.Count(call => call is ForwardedCall);
    }
}
