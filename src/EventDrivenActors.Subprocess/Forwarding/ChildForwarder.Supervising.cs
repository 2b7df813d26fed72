using Akka.Event;
using EventDrivenActors.Subprocess.Launching;
using EventDrivenActors.Subprocess.Link;
using EventDrivenActors.Subprocess.Supervision;
using EventDrivenActors.Subprocess.Wire;

namespace EventDrivenActors.Subprocess.Forwarding;

internal sealed partial class ChildForwarder
{
    private const int DefaultMaxInFlight = 1000;
    private static readonly TimeSpan LastWords = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan DrainTime = TimeSpan.FromSeconds(2);
    private readonly ChildSupervisor _supervisor;
    private readonly byte[] _configuration;
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

    public void Start()
    {
        _log = Logging.GetLogger(_context.System, "EventDrivenActors.Subprocess");
        _maxInFlight = _options.MaxInFlight ?? (Controller.Pool is null ? DefaultMaxInFlight : 2 * _options.Workers);
        _run = new CancellationTokenSource();
        lock (_gate)
        {
            _pause.ByUser = false;
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
                SendControl(new WireMessage.Drain((long)DrainTime.TotalMilliseconds));
            }

            _supervisor.Stop();
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
            left = _table.TakeAll();
            MakeRoom();
        }

        foreach (OutstandingCall call in left)
        {
            call.Settle(EventOutcome.Closed);
        }
    }

    private byte[] Configure() => ChildConfigurationCodec.Encode(new ChildConfiguration(
        Controller.Name, _options.Workers, (long)(_options.EventTimeout?.TotalMilliseconds ?? 0), _options.MaxPayloadBytes,
        _options.Setup is null ? null : WireTypeName.Of(_options.Setup),
        [.. _options.AllowedTypes.Concat(_options.Mapping.Entries.Select(entry => entry.Key).OfType<Enum>().Select(key => key.GetType()))
            .Distinct().Select(WireTypeName.Of)],
        [.. _options.Mapping.Entries.Select(entry => new MappedMethod(
            (int)entry.Slot, entry.Key is null ? default(ReadOnlyMemory<byte>) : _encoder.EncodeKey(entry.Key), MethodReference.From(entry.Handler)))]));

    /// <summary>One child after the other, until the run ends or the supervisor gives up.</summary>
    private async Task SuperviseAsync(CancellationToken run)
    {
        while (!run.IsCancellationRequested)
        {
            ChildExit? exit = null;
            Exception? refusal = null;
            ChildSession child = new(this);
            try
            {
                exit = await LiveAsync(child, run).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (run.IsCancellationRequested)
            {
                break;
            }
            catch (Exception reason)
            {
                refusal = reason;
            }

            if (run.IsCancellationRequested || State == ChildState.None || !await BuryAsync(child, exit, refusal, run).ConfigureAwait(false))
            {
                break;
            }
        }

        lock (_gate)
        {
            _child = null;
        }
    }

    /// <summary>The life of one child.</summary>
    private async Task<ChildExit> LiveAsync(ChildSession child, CancellationToken run)
    {
        ChildConnection connection = await ChildConnection.StartAsync(
            new ChildConnectionOptions
            {
                System = _context.System,
                Peer = child,
                Launcher = _options.Launcher,
                Configuration = _configuration,
                Assemblies = [.. _options.Mapping.Entries.Select(entry => entry.Handler.Method.Module.Assembly).Distinct()],
                Time = _context.TimeProvider,
                OnOutput = line => OnOutput(child, line),
                OnUnresponsive = silence => _log?.Warning(
                    "The child process '{0}' of the controller '{1}' has been silent for {2}.", child.ProcessId, Controller.Name, silence),
            },
            run).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            child.Begin(connection);
            lock (_gate)
            {
                _child = child;
            }

            using CancellationTokenRegistration stop = run.Register(() => _ = connection.TerminateAsync(DrainTime));
            await Task.WhenAny(child.Ready, connection.Exited).ConfigureAwait(false);
            if (child.Ready.IsFaulted)
            {
                await connection.KillAsync().ConfigureAwait(false);
                await child.Ready.ConfigureAwait(false);
            }

            if (child.Ready.IsCompletedSuccessfully)
            {
                Begin(child);
            }

            ChildExit exit = await connection.Exited.ConfigureAwait(false);

            // What it had said before it died may still be on the way.
            await Task.WhenAny(child.Closed, Task.Delay(LastWords, _context.TimeProvider)).ConfigureAwait(false);
            if (child.Ready.IsFaulted)
            {
                await child.Ready.ConfigureAwait(false);
            }

            return exit;
        }
    }

    private void Begin(ChildSession child)
    {
        lock (_gate)
        {
            _supervisor.Ready(Now);
            _ladder.Reset();
            _pause.NewChild();
            child.IsReady = true;
            TellPause();
            Pump();
        }

        _log?.Info("The child process '{0}' of the controller '{1}' is ready.", child.ProcessId, Controller.Name);
    }

    /// <summary>Settles what died with the child, and waits for the time of the next one.</summary>
    /// <returns>Whether there is to be a next one.</returns>
    private async Task<bool> BuryAsync(ChildSession child, ChildExit? exit, Exception? refusal, CancellationToken run)
    {
        LostCalls lost;
        List<OutstandingCall> late;
        RestartDecision decision;
        int? processId = child.ProcessId == 0 ? null : child.ProcessId;
        string? reason = child.Breach ?? refusal?.Message;
        lock (_gate)
        {
            child.IsReady = false;
            _child = null;
            late = [.. _table.Sent.Where(call => call is { Settled: false, Due: { } due } && due <= Now)];
            late.ForEach(call => call.Settled = true);
            lost = _table.ChildDied();
            bool retry = refusal is null || (refusal is not LinkRefusedException && (refusal as ChildSetupException)?.MayRetry != false);
            decision = _supervisor.Died(Now, retry);
            MakeRoom();
        }

        foreach (OutstandingCall call in late)
        {
            call.Settle(TimedOut(call));
        }

        foreach (OutstandingCall call in lost.Lost)
        {
            call.Settle(ChildFailures.Lost(Controller.Name, call, processId, exit, reason));
        }

        foreach (OutstandingCall call in lost.Poisoned)
        {
            call.Settle(ChildFailures.Poisoned(Controller.Name, call, processId, exit));
        }

        if (decision.GiveUp)
        {
            GiveUp(processId, exit, reason);
            return false;
        }

        _log?.Warning(
            "The controller '{0}' lost its child: {1}. The next one is started in {2}.", Controller.Name, ChildFailures.Describe(processId, exit, reason), decision.Delay);
        await Task.Delay(decision.Delay, _context.TimeProvider, run).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        lock (_gate)
        {
            return !run.IsCancellationRequested && _supervisor.Start();
        }
    }

    private void GiveUp(int? processId, ChildExit? exit, string? reason)
    {
        string last = ChildFailures.Describe(processId, exit, reason);
        ChildLostException exception = new(
            $"The child process of the controller '{Controller.Name}' is not started again: the last time, {last}. Mend the cause and call Run.")
        {
            ProcessId = processId,
            ExitCode = exit?.ExitCode,
            Signal = exit?.Signal,
            Started = false,
            LastErrorLines = exit?.LastErrorLines ?? [],
        };

        // Failing closes the adapters, and this one waits for the task that calls: it goes on by itself.
        _ = Task.Run(() => _context.Lifecycle.Fail(exception, EventOutcome.ChildLost(exception)));
    }

    private void OnOutput(ChildSession child, OutputLine line)
    {
        if (_options.OutputReceived is { } received)
        {
            try
            {
                received(new ChildOutput(child.ProcessId, line.Text, line.IsError));
            }
            catch (Exception exception)
            {
                _log?.Error(exception, "What hears the output of the child process '{0}' of the controller '{1}' failed.", child.ProcessId, Controller.Name);
            }
        }
        else if (line.IsError)
        {
            _log?.Warning("[child {0}] {1}", child.ProcessId, line.Text);
        }
        else
        {
            _log?.Info("[child {0}] {1}", child.ProcessId, line.Text);
        }
    }
}
