using EventDrivenActors.Subprocess.Link;
using EventDrivenActors.Subprocess.Supervision;

namespace EventDrivenActors.Subprocess.Parent;

internal sealed partial class ChildForwarder
{
    private readonly DueTimer _wake;
    private TimeSpan? _wakeAt;
    private DueTimer? _memory;

    /// <summary>Makes sure that everything is looked at again by a time. Under the gate.</summary>
    private void WakeAt(TimeSpan? time)
    {
        if (time is { } at && (_wakeAt is null || at < _wakeAt))
        {
            _wakeAt = at;
            TimeSpan wait = at - Now;
            _wake.Set(wait < TimeSpan.Zero ? TimeSpan.Zero : wait);
        }
    }

    /// <summary>
    /// On the system's clock this runs on the thread that keeps the time of all time-outs: what it does must be quick.
    /// </summary>
    private void OnWake()
    {
        List<OutstandingCall> late = [];
        lock (_gate)
        {
            _wakeAt = null;
            foreach (ChildSession child in _sessions)
            {
                WakeAt(child.Member.Calls.TimeOut(Now, late));
                ClimbLadder(child);
            }

            Look();
        }

        foreach (OutstandingCall call in late)
        {
            Settle(call, TimedOut(call));
        }
    }

    private void OnSilence(ChildSession child, ChildSilence silence)
    {
        _log?.Silence(silence);
        if (silence.Sign is SilenceSign.Starved or SilenceSign.Moving)
        {
            return;
        }

        lock (_gate)
        {
            child.Member.IsSilent = silence.Sign is SilenceSign.Unresponsive or SilenceSign.Frozen;
            if (silence.Sign == SilenceSign.Frozen)
            {
                // The link kills it after this.
                ChildRoster.Doom(child.Member, ExitReason.Unresponsive);
                Look();
            }
        }
    }

    private void WatchMemory()
    {
        if (_options.Recycling is { SoftMemoryLimit: not null } or { HardMemoryLimit: not null })
        {
            _memory ??= new DueTimer(_context.TimeProvider, MeasureMemory, onPool: true);
            _memory.Set(_options.Recycling.MemoryInterval);
        }
    }

    private void ForgetMemory()
    {
        _memory?.Dispose();
        _memory = null;
    }

    private void MeasureMemory()
    {
        ChildSession[] children;
        lock (_gate)
        {
            children = [.. _sessions.Where(child => child.Member.IsUp)];
        }

        // Reading takes some microseconds, too long to hold the gate.
        long[] bytes = [.. children.Select(child => _options.MeasureMemory(child.ProcessId!.Value))];
        lock (_gate)
        {
            for (int i = 0; i < children.Length; i++)
            {
                children[i].Member.Memory = bytes[i];
            }

            _memory?.Set(_options.Recycling.MemoryInterval);

            Look();
        }
    }
}
