using EventDrivenActors.Subprocess.Link;
using EventDrivenActors.Subprocess.Supervision;
using EventDrivenActors.Subprocess.Wire;

namespace EventDrivenActors.Subprocess.Parent;

internal sealed partial class ChildForwarder
{
    private const int DefaultMaxInFlight = 1000;
    private readonly ChildRoster _roster;
    private readonly List<ChildSession> _sessions = [];
    private readonly ChildConfiguration _configuration;
    private byte[] _encodedConfiguration = [];

    /// <summary>The clock of the link.</summary>
    private TimeProvider LinkTime => _options.LinkTime ?? _context.TimeProvider;

    /// <summary>
    /// The clock of what is left of a child when it has ended. That is physical, whatever clock the application has;
    /// only a simulation gives another one for the link.
    /// </summary>
    private TimeProvider EndTime => _options.LinkTime ?? TimeProvider.System;

    private TimeSpan Now => _context.TimeProvider.GetElapsedTime(0);

    /// <summary>A run is about to begin: events may be taken before the child is started.</summary>
    public void Prepare()
    {
        lock (_gate)
        {
            _maxInFlight =
                _options.MaxInFlight ?? (Controller.Pool is null ? DefaultMaxInFlight : 2 * _options.Workers);
            _suspended = false;
            _finishing = false;
            _aborted = false;
            _lastEnd = null;
        }
    }

    public void Start()
    {
        int lines = ChildLinks.For(_context.System).Settings.LoggedLines;
        _log = new ChildLog(_context.System, Controller.Name, _options.OutputReceived, lines, _context.TimeProvider);
        _encodedConfiguration = ChildConfigurationCodec.Encode(
            _configuration with
            {
                Context = _encoder.EncodeContext(_context.RunContext),
                LogLevel = _log.Level,
                LogLines = lines,
            }
        );
        lock (_gate)
        {
            _closed = false;
            _roster.Start(Now);
            WatchMemory();
            Look();
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

    /// <summary>
    /// Does what the roster asks for, and sends what may be sent. Under the gate, after each change that may affect
    /// either.
    /// </summary>
    private void Look()
    {
        TimeSpan? again;
        do
        {
            while (_roster.Next(Now, out again) is { } step)
            {
                Do(step);
            }
        } while (Pump() && _options.Recycling.MaxEvents is not null);
        TellReady();
        WakeAt(again);
        if (_table.HasSuspects)
        {
            TimeSpan now = Now;
            _sessions.ForEach(child =>
                WakeAt(_table.HeldBackUntil(child.Member.Calls, now, takesNew: child.Member.Role == ChildRole.Active))
            );
        }
    }

    private void Do(RosterStep step)
    {
        switch (step.Kind)
        {
            case RosterStepKind.Start:
                ChildSession started = new(this, step.Member!, new ReadingLane(LinkTime));
                started.Raised = RaisedBy(started);
                _sessions.Add(started);
                started.Life = Task.Run(() => LiveAsync(started));
                break;
            case RosterStepKind.Leave:
                _ = LeaveAsync(Of(step.Member!), DrainTime);
                break;
            case RosterStepKind.Kill:
                ChildSession child = Of(step.Member!);
                _log?.OverHardLimit(child.ProcessId!.Value, child.Member.Memory);
                child.Kill();
                break;
        }

        ChildSession Of(ChildMember member) => _sessions.Find(session => session.Member == member)!;
    }

    private async Task LiveAsync(ChildSession child)
    {
        ChildMetrics.Started();
        TimeSpan setup = _options.SetupTimeout ?? ChildLinks.For(_context.System).Settings.SetupTimeout;
        await child.LiveAsync(Connecting(child), setup, LeaveTime, end => Bury(child, end)).ConfigureAwait(false);
    }

    private ChildConnectionOptions Connecting(ChildSession child) =>
        new()
        {
            System = _context.System,
            Peer = child,
            Placement = _options.Place(),
            Slots = _maxInFlight,
            Configuration = _encodedConfiguration,
            Settings = ChildLinks.For(_context.System).Settings.Carrying(_options.MaxPayloadBytes),
            Assemblies =
            [
                .. _options
                    .Mapping.Entries.Select(entry => entry.Handler)
                    .Concat(_options.WarmUps)
                    .Select(handler => handler.Method.Module.Assembly)
                    .Distinct(),
            ],
            Time = LinkTime,
            EndTime = EndTime,
            SetupTime = _options.Launcher is null ? null : _context.TimeProvider,
            Launcher = _options.Launcher,
            Turns = _options.Launcher is null ? StartTurns.OfProcess : null,
            OnLaunched = process => child.LaunchedProcess = process,
            OnOutput = line => _log?.Output(line, () => RunningIn(child)),
            OnSilence = silence => OnSilence(child, silence),
        };

    /// <summary>The only event that has started in a child and not ended.</summary>
    private OutstandingCall? RunningIn(ChildSession child)
    {
        lock (_gate)
        {
            return
                child.Member.Calls.All.Where(call => call is { Started: true, Settled: false }).Take(2).ToArray()
                    is [var only]
                ? only
                : null;
        }
    }
}
