using EventDrivenActors.Subprocess.Link;
using EventDrivenActors.Subprocess.Supervision;

namespace EventDrivenActors.Subprocess.Forwarding;

internal sealed partial class ChildForwarder
{
    /// <summary>What a timer can wait is limited; to look too early does no harm.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    private readonly ITimer _wake;
    private TimeSpan? _wakeAt;
    private ITimer? _memory;

    /// <summary>Sees to it that everything is looked at again at a time, at the latest. Under the gate.</summary>
    private void WakeAt(TimeSpan? time)
    {
        if (time is { } at && (_wakeAt is null || at < _wakeAt))
        {
            _wakeAt = at;
            TimeSpan wait = at - Now;
            _wake.Change(wait < TimeSpan.Zero ? TimeSpan.Zero : wait < Longest ? wait : Longest, Timeout.InfiniteTimeSpan);
        }
    }

    private void OnWake()
    {
        lock (_gate)
        {
            _wakeAt = null;
            foreach (ChildSession child in _sessions)
            {
                ClimbLadder(child);
            }

            Look();
        }
    }

    private void OnSilence(ChildSession child, ChildSilence silence)
    {
        _log?.Silence(silence);
        lock (_gate)
        {
            child.Member.IsSilent = silence.Sign is SilenceSign.Unresponsive or SilenceSign.Frozen;
            if (silence.Sign == SilenceSign.Frozen)
            {
                // The link kills it behind this.
                ChildRoster.Doom(child.Member, ExitReason.Unresponsive);
                Look();
            }
        }
    }

    private void WatchMemory()
    {
        if (_options.Recycling is { SoftMemoryLimit: not null } or { HardMemoryLimit: not null })
        {
            TimeSpan interval = _options.Recycling.MemoryInterval;
            _memory ??= _context.TimeProvider.CreateTimer(static forwarder => ((ChildForwarder)forwarder!).MeasureMemory(), this, interval, interval);
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

        // Reading takes some microseconds, during which nobody should wait for the gate.
        long[] bytes = [.. children.Select(child => _options.MeasureMemory(child.ProcessId!.Value))];
        lock (_gate)
        {
            for (int i = 0; i < children.Length; i++)
            {
                children[i].Member.Memory = bytes[i];
            }

            Look();
        }
    }
}
