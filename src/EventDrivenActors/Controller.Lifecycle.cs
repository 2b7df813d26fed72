using Akka.Actor;
using EventDrivenActors.Actors;

namespace EventDrivenActors;

public sealed partial class Controller
{
    // Any thread. Made for the first suspension.
    private Lock? _pauseGate;

    private Lock PauseGate => LazyInitializer.EnsureInitialized(ref _pauseGate, static () => new Lock());

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">Its actor belongs to another actor's context and has ended; make a
    /// new controller there.</exception>
    public override void Run(SessionContext? context = null)
    {
        // One run begins at a time; nothing else takes this monitor.
        lock (_readiness)
        {
            while (!TryRun(context))
            {
                // A controller that had not run yet has been shut down meanwhile, so it needs a new actor.
            }
        }
    }

    /// <returns>
    /// Whether the controller runs, or there is nothing to begin; otherwise its state has changed meanwhile.
    /// </returns>
    private bool TryRun(SessionContext? context)
    {
        ControllerState seen = State;
        if (seen is ControllerState.Running or ControllerState.Suspended or ControllerState.Stopping)
        {
            return true;
        }

        if (seen != ControllerState.Created)
        {
            if (_actorFactory is IActorContext)
            {
                throw new InvalidOperationException(
                    $"The controller '{Name}' was made under an actor's context, which only that actor may use again; "
                        + "make a new controller there instead of calling Run."
                );
            }

            _runtime.ThrowIfEnded(Name);
            _actor.Renew(IsLate);
            if (_membership is null)
            {
                _runtime.Track(this);
            }
        }

        _readiness.Forget();
        try
        {
            if (_lifecycle?.Starting(_loop.EndStarting) == true)
            {
                _loop.BeginStarting();
            }

            if (_membership?.HasLeft(this) == true)
            {
                // An adapter has made the pool smaller.
                return true;
            }

            if (!_loop.Run(context, seen))
            {
                return false;
            }

            _lifecycle?.Started();
        }
        finally
        {
            _lifecycle?.Begun();
        }

        _readiness.Begin();
        return true;
    }

    /// <inheritdoc/>
    public override Task ReadyAsync(CancellationToken cancellationToken = default) =>
        _readiness.WaitAsync(cancellationToken);

    /// <inheritdoc/>
    public override Task SuspendAsync()
    {
        // Adapters hear of suspensions and resumptions in the order in which these hold.
        lock (PauseGate)
        {
            _loop.Suspend();
            return _lifecycle?.SuspendedAsync() ?? Task.CompletedTask;
        }
    }

    /// <inheritdoc/>
    public override void Resume()
    {
        lock (PauseGate)
        {
            if (_loop.Resume())
            {
                _lifecycle?.Resumed();
            }
        }
    }

    /// <inheritdoc/>
    public override int Clean() => _loop.Clean();

    /// <inheritdoc/>
    public override Task PendingAsync(CancellationToken cancellationToken = default) =>
        _loop.PendingAsync(cancellationToken);

    /// <inheritdoc/>
    public override Task WaitForIdleAsync(CancellationToken cancellationToken = default) =>
        _loop.WaitForIdleAsync(cancellationToken);

    /// <inheritdoc/>
    public override Task<ShutdownReport> ShutdownAsync(
        ShutdownMode mode = ShutdownMode.Drain,
        TimeSpan? deadline = null
    ) => _loop.ShutdownAsync(mode, Deadline(deadline, _runtime.ShutdownDeadline));

    /// <inheritdoc/>
    public override Task WaitAsync(CancellationToken cancellationToken = default)
    {
        return _loop.WaitForEndAsync(cancellationToken);
    }

    /// <summary>Ends the controller with its actor system: everything open settles as closed.</summary>
    internal override Task TerminateAsync()
    {
        _loop.Terminate(EventOutcome.Closed);
        return _loop.RunEnd;
    }

    private async Task CloseRunAsync(Func<long> deadline)
    {
        IReadOnlyList<Exception> errors = _lifecycle is null
            ? []
            : await _lifecycle.StopAsync(deadline).ConfigureAwait(false);
        IActorRef? retired = _actor.Retire();

        // Before any waiter is notified of the end: the next run begins then, and the runtime must know of it.
        _runtime.Forget(this);
        _loop.Close(errors);
        _readiness.Begin();
        ActorSlot.Stop(retired);
        _membership?.Ended(this);
    }
}
