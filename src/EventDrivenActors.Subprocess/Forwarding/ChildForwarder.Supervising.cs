using Akka.Event;
using EventDrivenActors.Subprocess.Link;
using EventDrivenActors.Subprocess.Supervision;
using EventDrivenActors.Subprocess.Wire;

namespace EventDrivenActors.Subprocess.Forwarding;

internal sealed partial class ChildForwarder
{
    private const int DefaultMaxInFlight = 1000;
    private static readonly TimeSpan DrainTime = TimeSpan.FromSeconds(2);
    private readonly ChildSupervisor _supervisor;
    private readonly ChildConfiguration _configuration;
    private byte[] _encodedConfiguration = [];
    private CancellationTokenSource _run = new();
    private Task _supervising = Task.CompletedTask;

    public ChildState State
    {
        get
        {
            lock (_gate)
            {
                return _supervisor.State;
            }
        }
    }

    public int Restarts
    {
        get
        {
            lock (_gate)
            {
                return _supervisor.Restarts;
            }
        }
    }

    public int? ProcessId
    {
        get
        {
            lock (_gate)
            {
                return _child?.ProcessId;
            }
        }
    }

    private TimeSpan Now => _context.TimeProvider.GetElapsedTime(0);

    /// <summary>A run is about to begin: events may be taken before the child is started.</summary>
    public void Prepare()
    {
        lock (_gate)
        {
            _maxInFlight = _options.MaxInFlight ?? (Controller.Pool is null ? DefaultMaxInFlight : 2 * _options.Workers);
            _suspended = false;
            _finishing = false;
        }
    }

    public void Start()
    {
        _log = new ChildLog(
            Logging.GetLogger(_context.System, "EventDrivenActors.Subprocess"), Controller.Name, _options.OutputReceived,
            new LogBudget(ChildLinks.For(_context.System).Settings.LoggedLines), _context.TimeProvider);
        _encodedConfiguration = ChildConfigurationCodec.Encode(_configuration with { Context = _encoder.EncodeContext(_context.RunContext) });
        _run = new CancellationTokenSource();
        lock (_gate)
        {
            _closed = false;
            _supervisor.Start();
        }

        _supervising = Task.Run(() => SuperviseAsync(_run.Token));
    }

    /// <summary>Kills the child; another one takes its place.</summary>
    public void Kill()
    {
        lock (_gate)
        {
            _child?.Kill();
        }
    }

    /// <summary>Drains the child, asks it to leave, kills it: each in its time.</summary>
    public async ValueTask StopAsync(CancellationToken cancellationToken)
    {
        bool gentle;
        lock (_gate)
        {
            gentle = _child is { IsReady: true } && _table.Count == 0;
            if (gentle)
            {
                SendControl(_child!, new WireMessage.Drain((long)DrainTime.TotalMilliseconds));
            }

            // Tokens fire in the child before it is asked to leave.
            foreach (ChildSession child in Living.Where(child => child.IsReady))
            {
                foreach (OutstandingCall call in child.Member.Calls.All)
                {
                    SendControl(child, new WireMessage.Cancel(call.Id));
                }
            }

            _supervisor.Stop();
            EndHolding();
        }

        if (gentle)
        {
            await Task.WhenAny(_supervising, Task.Delay(DrainTime, _context.TimeProvider, cancellationToken)).ConfigureAwait(false);
        }

        await _run.CancelAsync().ConfigureAwait(false);
        await _supervising.ConfigureAwait(false);
        IReadOnlyList<OutstandingCall> left;
        lock (_gate)
        {
            _closed = true;
            left = _table.TakeWaiting();
            MakeRoom();
        }

        foreach (OutstandingCall call in left)
        {
            call.Settle(EventOutcome.Closed);
        }
    }

    /// <summary>The child takes events.</summary>
    public void OnReady(ChildSession child)
    {
        lock (_gate)
        {
            _supervisor.Ready(Now);
            child.IsReady = true;
            TellPause(child);
            Pump();
        }

        _log?.Ready(child.ProcessId!.Value);
    }

    /// <summary>One child after the other, until the run ends or the supervisor gives up.</summary>
    private async Task SuperviseAsync(CancellationToken run)
    {
        while (!run.IsCancellationRequested)
        {
            ChildSession child = new(this, new ChildMember(_options.KillGrace));
            lock (_gate)
            {
                child.Member.Pause.ByUser = _suspended;
                _child = child;
            }

            ChildEnd end = await child.LiveAsync(Connecting(child), DrainTime, run).ConfigureAwait(false);
            if (!await BuryAsync(child, end, run).ConfigureAwait(false))
            {
                break;
            }
        }
    }

    private ChildConnectionOptions Connecting(ChildSession child) => new()
    {
        System = _context.System,
        Peer = child,
        Environment = _options.Environment.ToDictionary(),
        Configuration = _encodedConfiguration,
        Assemblies = [.. _options.Mapping.Entries.Select(entry => entry.Handler.Method.Module.Assembly).Distinct()],
        Time = _options.LinkTime ?? _context.TimeProvider,
        Launcher = _options.Launcher,
        OnOutput = line => _log?.Output(child.ProcessId ?? 0, line),
        OnUnresponsive = silence => _log?.Unresponsive(child.ProcessId ?? 0, silence),
    };

    /// <summary>Settles what died with the child, and waits for the time of the next one.</summary>
    /// <returns>Whether there is to be a next one.</returns>
    private async Task<bool> BuryAsync(ChildSession child, ChildEnd end, CancellationToken run)
    {
        List<(OutstandingCall Call, EventOutcome Outcome)> settled = [];
        RestartDecision? decision;
        lock (_gate)
        {
            bool stopped = run.IsCancellationRequested || _supervisor.State == ChildState.None;
            _child = null;
            child.End = end;
            CheckHolding();
            Divide(child.Member.Calls, end, settled, stopped);
            decision = stopped ? null : _supervisor.Died(Now, end.MayRetry);
            MakeRoom();
        }

        foreach ((OutstandingCall call, EventOutcome outcome) in settled)
        {
            call.Settle(outcome);
        }

        BecameIdle?.Invoke();
        if (decision is not { GiveUp: false, Delay: TimeSpan delay })
        {
            if (decision is not null)
            {
                GiveUp(end);
            }

            return false;
        }

        _log?.Lost(end, delay);
        await Task.Delay(delay, _context.TimeProvider, run).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        lock (_gate)
        {
            return !run.IsCancellationRequested && _supervisor.Start();
        }
    }

    /// <summary>Says what each call of a dead child ends as; what may be delivered again waits again. Under the gate.</summary>
    private void Divide(HeldCalls held, ChildEnd end, List<(OutstandingCall Call, EventOutcome Outcome)> settled, bool stopped)
    {
        if (stopped)
        {
            settled.AddRange(_table.TakeHeld(held).Select(call => (call, EventOutcome.Closed)));
            return;
        }

        TimeSpan now = Now;
        foreach (OutstandingCall late in held.All.Where(call => call is { Settled: false, Due: { } due } && due <= now))
        {
            late.Settled = true;
            settled.Add((late, TimedOut(late)));
        }

        LostCalls lost = _table.ChildDied(held);
        settled.AddRange(lost.Lost.Select(call => (call, ChildFailures.Lost(Controller.Name, call, end))));
        settled.AddRange(lost.Poisoned.Select(call => (call, ChildFailures.Poisoned(Controller.Name, call, end))));
        settled.AddRange(lost.Cancelled.Select(call => (call, EventOutcome.Cancelled)));
    }

    private void GiveUp(ChildEnd end)
    {
        ChildLostException exception = ChildFailures.GivenUp(Controller.Name, end);
        EventOutcome outcome = EventOutcome.ChildLost(exception);
        IReadOnlyList<OutstandingCall> waiting;
        lock (_gate)
        {
            waiting = _table.TakeWaiting();
        }

        foreach (OutstandingCall call in waiting)
        {
            call.Settle(outcome);
        }

        // Failing closes the adapters, and this one waits for the task that calls: it goes on by itself.
        _ = Task.Run(() => _context.Lifecycle.Fail(exception, outcome));
    }
}
