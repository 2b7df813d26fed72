using EventDrivenActors.Subprocess.Supervision;

namespace EventDrivenActors.Subprocess.Parent;

internal sealed partial class ChildForwarder
{
    public ChildState State
    {
        get
        {
            lock (_gate)
            {
                return _roster.State;
            }
        }
    }

    public int Restarts
    {
        get
        {
            lock (_gate)
            {
                return _roster.Restarts;
            }
        }
    }

    public int Recycled
    {
        get
        {
            lock (_gate)
            {
                return _roster.Recycled;
            }
        }
    }

    public int? ProcessId
    {
        get
        {
            lock (_gate)
            {
                return Serving?.ProcessId;
            }
        }
    }

    public int? SpareProcessId
    {
        get
        {
            lock (_gate)
            {
                return With(ChildRole.Spare)?.ProcessId;
            }
        }
    }

    /// <summary>
    /// How many children there are whose end has not been noticed, and whether one of them is not set up yet.
    /// </summary>
    public (int Count, bool IsStarting) Children
    {
        get
        {
            lock (_gate)
            {
                return (_sessions.Count, _sessions.Exists(child => !child.Member.IsUp));
            }
        }
    }

    /// <summary>The child that takes events, or will.</summary>
    private ChildSession? Serving => With(ChildRole.Active) ?? With(ChildRole.Starting);

    private ChildSession? With(ChildRole role) => _sessions.Find(child => child.Member.Role == role);
}
