namespace EventDrivenActors.Subprocess.Supervision;

/// <summary>
/// The children of one controller: it says which of them takes events, and asks for the next step. Pure: times are
/// given as arguments. Not thread-safe.
/// </summary>
/// <remarks>
/// One child is active. Another one is started beside it when a spare is wanted or the active one is to be replaced;
/// once that is ready, it takes over. One child is started at a time. Each input is followed by calls of
/// <see cref="Next"/> until it asks to wait.
/// </remarks>
internal sealed partial class ChildRoster(RosterRules rules, Func<double> random)
{
    /// <summary>The longest time until it is asked again; asking too early does no harm.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    // One thread at a time.
    private readonly List<ChildMember> _members = [];
    private readonly RestartPolicy _restarts = new(rules.Restart, random);
    private TimeSpan _notBefore;
    private int _toReplace;
    private bool _mayStart = true;
    private bool _lastStartFailed;
    private ChildMember? _last;
    private bool _hasFailed;

    public IReadOnlyList<ChildMember> Members => _members;

    public ChildMember? Active => Find(ChildRole.Active);

    /// <summary>Whether a child takes events, or will.</summary>
    private bool HasAnother =>
        _members.Exists(member => member.Role is ChildRole.Starting or ChildRole.Spare or ChildRole.Active);

    /// <summary>Whether a child that is to be replaced still finishes what it has.</summary>
    public bool IsReplacing => Find(ChildRole.Retiring) is not null;

    public bool IsRunning { get; private set; }

    /// <summary>How many children were started in place of dead ones.</summary>
    public int Restarts { get; private set; }

    /// <summary>How many children were replaced as planned.</summary>
    public int Recycled { get; private set; }

    public ChildState State =>
        _hasFailed ? ChildState.Failed
        : !IsRunning ? ChildState.None
        : Active is { } active ? (active.IsSilent ? ChildState.Unresponsive : ChildState.Ready)
        : Find(ChildRole.Starting) is not null ? ChildState.Starting
        : ChildState.BackingOff;

    /// <summary>How long the next child is waited for; null when another one is there, or being started.</summary>
    public TimeSpan? DelayOfNext(TimeSpan now) =>
        HasAnother ? null
        : now < _notBefore ? _notBefore - now
        : TimeSpan.Zero;

    /// <summary>Whether the active child may be sent one more call.</summary>
    /// <remarks>
    /// Beside a retiring child it may have only as many as there are workers without work there, and nothing before all
    /// that the other has been sent has started: so no more handlers run than allowed, and events start in order. A
    /// dying child's calls must be sorted out first. A child that has had all its events waits for its successor, but
    /// not for a handler in another child that delays its replacement.
    /// </remarks>
    public bool MayTake
    {
        get
        {
            ChildMember? active = null;
            bool replacing = false;
            int elsewhere = 0;
            foreach (ChildMember member in _members)
            {
                if (member.Role == ChildRole.Active)
                {
                    active = member;
                }
                else if (member.Calls.Count > 0)
                {
                    replacing = true;
                    if (member.Role != ChildRole.Retiring || member.Calls.Unstarted > 0)
                    {
                        return false;
                    }

                    elsewhere += member.Calls.Count;
                }
            }

            return active is not null
                && (elsewhere == 0 || elsewhere + active.Calls.Count < rules.Workers)
                && !(
                    active.Calls.Taken >= rules.Recycling.MaxEvents
                    && active.Objects == 0
                    && !replacing
                    && _mayStart
                    && !_lastStartFailed
                );
        }
    }

    /// <summary>A run begins.</summary>
    public void Start(TimeSpan now)
    {
        IsRunning = true;
        _hasFailed = _lastStartFailed = false;
        _last = null;
        _mayStart = true;
        _members.Clear();
        _restarts.Reset();
        _notBefore = now;
        _toReplace = 0;
    }

    /// <summary>The run ends; its children end without the roster.</summary>
    public void Stop() => IsRunning = false;

    /// <summary>A child is set up.</summary>
    public void Ready(ChildMember child, TimeSpan now)
    {
        if (child.Role == ChildRole.Starting)
        {
            child.Role = ChildRole.Spare;
            child.ReadySince = now;
            _lastStartFailed = false;
        }
    }

    /// <summary>A child is being killed, or its process has ended: it takes nothing more.</summary>
    /// <param name="child">The child.</param>
    /// <param name="reason">Why it is killed; null when it ended by itself.</param>
    public static void Doom(ChildMember child, ExitReason? reason)
    {
        if (child.Role is not (ChildRole.Leaving or ChildRole.Dying or ChildRole.Gone))
        {
            child.HasSuccessor = child.Role == ChildRole.Retiring;
            child.Role = ChildRole.Dying;
            child.Reason = reason;
        }
    }

    /// <summary>A child is gone, and its calls are sorted out.</summary>
    /// <param name="child">The child.</param>
    /// <param name="now">The time.</param>
    /// <param name="mayRetry">Whether another child could succeed.</param>
    public void Died(ChildMember child, TimeSpan now, bool mayRetry)
    {
        bool planned = child.Role == ChildRole.Leaving;
        child.Role = ChildRole.Gone;
        if (!_members.Remove(child) || !IsRunning)
        {
            return;
        }

        if (planned)
        {
            Recycled++;
            return;
        }

        _lastStartFailed |= child.ReadySince is null;
        bool alone = !HasAnother;
        _mayStart &= mayRetry;
        if (alone && (!mayRetry || _restarts.IsFull(now)))
        {
            _last = child;
            return;
        }

        // While another one works, a start that cannot succeed waits for its turn: the last one left tries it once
        // more.
        _mayStart |= alone;
        _toReplace += child.HasSuccessor ? 0 : 1;
        _notBefore = _restarts.Died(now, now - child.ReadySince);
    }
}
