using EventDrivenActors.Subprocess.Link;
using EventDrivenActors.Subprocess.Supervision;
using EventDrivenActors.Subprocess.Wire;

namespace EventDrivenActors.Subprocess.Forwarding;

internal sealed partial class ChildForwarder
{
    private const int DefaultMaxInFlight = 1000;
    private static readonly TimeSpan DrainTime = TimeSpan.FromSeconds(2);
    private readonly ChildRoster _roster;
    private readonly List<ChildSession> _sessions = [];
    private readonly ChildConfiguration _configuration;
    private byte[] _encodedConfiguration = [];

    private TimeSpan Now => _context.TimeProvider.GetElapsedTime(0);

    /// <summary>A run is about to begin: events may be taken before the child is started.</summary>
    public void Prepare()
    {
        lock (_gate)
        {
            _maxInFlight = _options.MaxInFlight ?? (Controller.Pool is null ? DefaultMaxInFlight : 2 * _options.Workers);
            _suspended = false;
            _finishing = false;
            _aborted = false;
        }
    }

    public void Start()
    {
        int lines = ChildLinks.For(_context.System).Settings.LoggedLines;
        _log = new ChildLog(_context.System, Controller.Name, _options.OutputReceived, lines, _context.TimeProvider);
        _encodedConfiguration = ChildConfigurationCodec.Encode(
            _configuration with { Context = _encoder.EncodeContext(_context.RunContext), LogLevel = _log.Level, LogLines = lines });
        lock (_gate)
        {
            _closed = false;
            _roster.Start(Now);
            WatchMemory();
            Look();
        }
    }

    /// <summary>Kills the child; another one takes its place.</summary>
    public void Kill()
    {
        lock (_gate)
        {
            if (Serving is { ProcessId: not null } child)
            {
                Kill(child, ExitReason.Killed);
                Look();
            }
        }
    }

    /// <summary>Drains the children, asks them to leave, kills them: each in its time.</summary>
    public async ValueTask StopAsync(CancellationToken cancellationToken)
    {
        Task lives;
        bool gentle;
        lock (_gate)
        {
            _roster.Stop();
            ForgetMemory();
            EndHolding();
            gentle = _table.Count == 0;
            foreach (ChildSession child in _sessions)
            {
                // Tokens fire in the child before it is asked to leave.
                foreach (OutstandingCall call in child.Member.IsUp ? child.Member.Calls.All : [])
                {
                    SendControl(child, new WireMessage.Cancel(call.Id, call.Number));
                }

                if (gentle && child.Member.IsUp)
                {
                    SendControl(child, new WireMessage.Drain((long)DrainTime.TotalMilliseconds));
                }
                else
                {
                    child.Leave();
                }
            }

            lives = Task.WhenAll(_sessions.Select(child => child.Life));
        }

        if (gentle)
        {
            await Task.WhenAny(lives, Task.Delay(DrainTime, _context.TimeProvider, cancellationToken)).ConfigureAwait(false);
        }

        lock (_gate)
        {
            _sessions.ForEach(child => child.Leave());
        }

        await lives.ConfigureAwait(false);
        IReadOnlyList<OutstandingCall> left;
        lock (_gate)
        {
            _closed = true;
            left = _table.TakeWaiting();
            MakeRoom();
        }

        foreach (OutstandingCall call in left)
        {
            call.Settle(Unserved);
        }
    }

    /// <summary>The child is set up.</summary>
    public void OnReady(ChildSession child)
    {
        _log?.Ready(child.ProcessId!.Value);
        lock (_gate)
        {
            child.Member.Pause.ByUser = _suspended;
            _roster.Ready(child.Member, Now);
            TellPause(child);
            Look();
        }
    }

    /// <summary>The child's process has ended; what it had said before is still to come.</summary>
    public void OnExited(ChildSession child)
    {
        lock (_gate)
        {
            ChildRoster.Doom(child.Member, null);
            Look();
        }
    }

    /// <summary>Does what the roster asks for, and sends what may be sent. Under the gate, after whatever may have changed either.</summary>
    private void Look()
    {
        TimeSpan? again;
        do
        {
            while (_roster.Next(Now, out again) is { } step)
            {
                Do(step);
            }
        }
        while (Pump() && _options.Recycling.MaxEvents is not null);
        WakeAt(again);
        if (_table.HasSuspects)
        {
            TimeSpan now = Now;
            _sessions.ForEach(child => WakeAt(_table.HeldBackUntil(child.Member.Calls, now, takesNew: child.Member.Role == ChildRole.Active)));
        }
    }

    private void Do(RosterStep step)
    {
        switch (step.Kind)
        {
            case RosterStepKind.Start:
                ChildSession started = new(this, step.Member!, new ReadingLane(_options.LinkTime ?? _context.TimeProvider));
                _sessions.Add(started);
                started.Life = Task.Run(() => LiveAsync(started));
                break;
            case RosterStepKind.Leave:
                _ = LeaveAsync(Of(step.Member!));
                break;
            case RosterStepKind.Kill:
                ChildSession child = Of(step.Member!);
                _log?.OverHardLimit(child.ProcessId!.Value, child.Member.Memory);
                child.Kill();
                break;
        }

        ChildSession Of(ChildMember member) => _sessions.Find(session => session.Member == member)!;
    }

    /// <summary>Lets a child that has finished its events finish the rest, too.</summary>
    private async Task LeaveAsync(ChildSession child)
    {
        SendControl(child, new WireMessage.Drain((long)DrainTime.TotalMilliseconds));
        await Task.WhenAny(child.Life, Task.Delay(DrainTime, _context.TimeProvider)).ConfigureAwait(false);
        child.Leave();
    }

    private static void Kill(ChildSession child, ExitReason reason)
    {
        ChildRoster.Doom(child.Member, reason);
        child.Kill();
    }

    private async Task LiveAsync(ChildSession child)
    {
        ChildMetrics.Started();
        TimeSpan setup = _options.SetupTimeout ?? ChildLinks.For(_context.System).Settings.SetupTimeout;
        Bury(child, await child.LiveAsync(Connecting(child), setup, DrainTime).ConfigureAwait(false));
    }

    private ChildConnectionOptions Connecting(ChildSession child) => new()
    {
        System = _context.System,
        Peer = child,
        Placement = _options.Place(),
        Configuration = _encodedConfiguration,
        Assemblies = [.. _options.Mapping.Entries.Select(entry => entry.Handler.Method.Module.Assembly).Distinct()],
        Time = _options.LinkTime ?? _context.TimeProvider,
        SetupTime = _options.Launcher is null ? null : _context.TimeProvider,
        Launcher = _options.Launcher,
        OnLaunched = process => child.LaunchedProcess = process,
        OnOutput = line => _log?.Output(line),
        OnSilence = silence => OnSilence(child, silence),
    };
}
