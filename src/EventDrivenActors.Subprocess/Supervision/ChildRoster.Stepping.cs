namespace EventDrivenActors.Subprocess.Supervision;

/// <content>Which step the roster asks for next.</content>
internal sealed partial class ChildRoster
{
    /// <summary>The next step to take; <see cref="RosterStepKind.Wait"/> when nothing is.</summary>
    /// <param name="now">The time.</param>
    public RosterStep Next(TimeSpan now)
    {
        if (!IsRunning)
        {
            return new RosterStep(RosterStepKind.Wait);
        }

        if (_last is { } last)
        {
            IsRunning = false;
            _hasFailed = true;
            return new RosterStep(RosterStepKind.GiveUp, last);
        }

        TimeSpan? again = null;
        if (Kill() is { } kill)
        {
            return kill;
        }

        Activate(now, ref again);
        return Leave() ?? StartOne(now, ref again) ?? new RosterStep(RosterStepKind.Wait, Until: again);
    }

    private RosterStep? Kill()
    {
        foreach (ChildMember member in _members)
        {
            if (member.IsUp && member.Memory > rules.Recycling.HardMemoryLimit)
            {
                Doom(member, ExitReason.HardMemoryLimit);
                return new RosterStep(RosterStepKind.Kill, member);
            }
        }

        return null;
    }

    /// <summary>Lets a spare take events from now on, where none takes any or the active one is due.</summary>
    private void Activate(TimeSpan now, ref TimeSpan? again)
    {
        ChildMember? active = Active;
        if (Find(ChildRole.Spare) is { } spare && (active is null || MayRetire(active, now)))
        {
            spare.Role = ChildRole.Active;
            spare.ActiveSince = now;
            active = spare;
        }

        if (
            active is not null
            && TimeOption.Limit(rules.Recycling.MaxAge) - (now - active.ActiveSince) is { } left
            && left > TimeSpan.Zero
        )
        {
            again = Earlier(again, now + (left < Longest ? left : Longest));
        }
    }

    private bool MayRetire(ChildMember active, TimeSpan now)
    {
        if (WhyRecycle(active, now) is not { } reason || Find(ChildRole.Retiring) is not null)
        {
            return false;
        }

        active.Role = ChildRole.Retiring;
        active.Reason = reason;
        return true;
    }

    private RosterStep? Leave()
    {
        if (Find(ChildRole.Retiring) is not { Calls.Count: 0 } finished)
        {
            return null;
        }

        finished.Role = ChildRole.Leaving;
        return new RosterStep(RosterStepKind.Leave, finished);
    }

    private RosterStep? StartOne(TimeSpan now, ref TimeSpan? again)
    {
        ChildMember? active = Active;
        bool wanted = active is null || rules.WarmSpare || WhyRecycle(active, now) is not null;
        if (
            !wanted
            || !_mayStart
            || _members.Exists(member => member.Role is ChildRole.Starting or ChildRole.Spare or ChildRole.Dying)
        )
        {
            return null;
        }

        if (now < _notBefore)
        {
            again = Earlier(again, _notBefore);
            return null;
        }

        if (_toReplace > 0)
        {
            _toReplace--;
            Restarts++;
        }

        ChildMember started = new(rules.KillGrace);
        _members.Add(started);
        return new RosterStep(RosterStepKind.Start, started);
    }

    private ExitReason? WhyRecycle(ChildMember active, TimeSpan now) =>
        active.Objects > 0 ? null
        : active.Calls.Taken >= rules.Recycling.MaxEvents ? ExitReason.RecycledByEvents
        : now - active.ActiveSince >= TimeOption.Limit(rules.Recycling.MaxAge) ? ExitReason.RecycledByAge
        : active.Calls.Taken > 0 && active.Memory > rules.Recycling.SoftMemoryLimit ? ExitReason.RecycledByMemory
        : null;

    private ChildMember? Find(ChildRole role)
    {
        foreach (ChildMember member in _members)
        {
            if (member.Role == role)
            {
                return member;
            }
        }

        return null;
    }

    private static TimeSpan? Earlier(TimeSpan? one, TimeSpan? other) => one is null || other < one ? other ?? one : one;
}
