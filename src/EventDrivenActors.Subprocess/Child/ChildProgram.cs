using System.Runtime.CompilerServices;
using Akka.Actor;
using EventDrivenActors.Subprocess.Connecting;
using EventDrivenActors.Wire.Calls;
using EventDrivenActors.Wire.Channel;
using EventDrivenActors.Wire.Protocol;

namespace EventDrivenActors.Subprocess.Child;

/// <summary>
/// The program of a child: it builds the pool, prepares each worker, and carries the parent's messages to them.
/// </summary>
/// <param name="time">The clock.</param>
/// <param name="rehearses">Whether it is ready only after a <see cref="Rehearsal"/>.</param>
/// <param name="place">Where it lives, if it has no process of its own.</param>
internal sealed class ChildProgram(TimeProvider time, bool rehearses = false, SharedPlace? place = null)
    : IChildProgram
{
    private static readonly TimeSpan LeavingTime = TimeSpan.FromMilliseconds(700);
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly PoolHold _hold = new();

    // Written before the link works, read by any thread after that.
    private StartMarks _marks = StartMarks.None;
    private CallerOutbox _outbox = null!;
    private Task<ChildTypes>? _reading;
    private Task<Rehearsal>? _rehearsal;

    // Written by the set-up, read by any thread: the parent sends no call before the child is ready.
    private ChildTypes? _types;
    private SessionContext? _context;
    private ControllerPool? _pool;
    private CallDispatch? _dispatch;
    private CallRunner? _runner;
    private HostedObjects? _objects;
    private RaiseGate? _raises;

    public void Prepare(ReadOnlyMemory<byte> configuration, StartMarks marks)
    {
        _marks = marks;
        _reading = Task.Run(() => new ChildTypes(ChildConfigurationCodec.Decode(configuration)));
        _rehearsal = rehearses ? Task.Run(() => new Rehearsal(time)) : null;
    }

    public async Task RunAsync(
        ReadOnlyMemory<byte> configuration,
        ILink link,
        ChildSystem system,
        CancellationToken leaving
    )
    {
        _outbox = new CallerOutbox(link, _marks);
        ParentLog? log = null;

        try
        {
            ChildConfiguration decoded = ChildConfigurationCodec.Decode(configuration);
            log = new ParentLog(_outbox, place is null ? decoded.LogLevel : ChildLogLevel.None, decoded.LogLines, time);
            // The link works while the set-up runs, so a set-up that hangs can be told from a child that does not
            // start.
            Task setUp = Task.Run(() => SetUpAsync(decoded, system, log, leaving), CancellationToken.None);
            await setUp.WaitAsync(leaving).ConfigureAwait(false);
        }
        catch (Exception reason)
        {
            await (log?.DisposeAsync() ?? default).ConfigureAwait(false);
            // A child that must leave does not wait for its set-up, which may take long.
            leaving.ThrowIfCancellationRequested();
            _outbox.Send(new WireMessage.SetupFailed(RemoteFailure.From(reason)));
            return;
        }

        await using ConfiguredAsyncDisposable told = log.ConfigureAwait(false);
        _outbox.Send(new WireMessage.Ready(place?.ProcessId ?? Environment.ProcessId));
        _ = system.BootAsync();
        using CancellationTokenRegistration leave = leaving.Register(() => _ = Task.Run(LeaveAsync));
        await _done.Task.ConfigureAwait(false);
    }

    public void OnReceived(ReadOnlyMemory<byte> message)
    {
        _raises?.ReceivingThread = Environment.CurrentManagedThreadId;
        try
        {
            Take(message);
        }
        finally
        {
            _raises?.ReceivingThread = 0;
        }
    }

    private void Take(ReadOnlyMemory<byte> message)
    {
        WireMessage decoded = MessageCodec.Decode(message);
        if (
            decoded
            is WireMessage.Call
                or WireMessage.ObjectCall
                or WireMessage.DefineMethod
                or WireMessage.DefineObject
                or WireMessage.DefineMember
        )
        {
            // If that ends the process, the same call must not end the next child too, and so on for ever.
            _marks.Arriving(_runner!.Accepted + 1);
            TakeIn(decoded);
            _marks.Arriving(0);
            return;
        }

        switch (decoded)
        {
            case WireMessage.Cancel cancel:
                _runner!.Cancel(cancel);
                break;
            case WireMessage.ProgressTaken taken:
                _runner!.ProgressTaken(taken.Id);
                break;
            case WireMessage.RaiseTaken taken:
                _raises?.Taken(taken.Taken, taken.Full);
                break;
            case WireMessage.Withdraw withdraw:
                _runner!.Withdraw(withdraw.Calls);
                break;
            case WireMessage.Suspend:
                _hold.OnSuspending();
                _ = _runner!.SuspendAsync();
                break;
            case WireMessage.Resume:
                _hold.Resume();
                break;
            case WireMessage.Drain drain:
                _ = EndAsync(TimeSpan.FromMilliseconds(drain.DeadlineMs));
                break;
        }
    }

    private void TakeIn(WireMessage message)
    {
        switch (message)
        {
            case WireMessage.Call call:
                _runner!.Accept(call);
                break;
            case WireMessage.DefineMethod define:
                _types!.Define(define, _dispatch!);
                break;
            case WireMessage.ObjectCall call:
                _objects!.Accept(call);
                break;
            case WireMessage.DefineObject define:
                _objects!.Define(define);
                break;
            case WireMessage.DefineMember define:
                _objects!.Define(define);
                break;
        }
    }

    public void OnClosed(string reason)
    {
        _raises?.Close();
        Fail(new IOException($"The link to the parent ended: {reason}"));
    }

    /// <summary>
    /// Makes nothing start any more, as in a process that gets no processor; its parent does not hear of it.
    /// </summary>
    public void Hold() => _hold.Hold();

    /// <summary>Ends what <see cref="Hold"/> has begun.</summary>
    public void Release() => _hold.Release();

    /// <summary>Its process is gone: its handlers' tokens fire, and nothing of it stays in what it shares.</summary>
    public void Vanish()
    {
        ControllerPool? pool = _hold.OnGone();
        OnClosed("its process has ended");
        _ = pool?.ShutdownAsync(ShutdownMode.Abort, TimeSpan.Zero);
    }

    /// <summary>Ends the child with a reason, unless it is leaving already.</summary>
    private void Fail(Exception reason) => _done.TrySetException(reason);

    private void Build(ChildConfiguration configuration, ChildTypes types, Task<ActorSystem> system)
    {
        _types = types;
        _context = types.ReadContext(configuration);
        IChildSetup? setup = ChildTypes.MakeSetup(configuration);
        _raises = new RaiseGate(configuration.Name, waits: place is null);
        ParentController parent = new(_outbox, types.Events, _raises);
        EventRuntime runtime = EventRuntime.For(
            system,
            options =>
            {
                options.TimeProvider = time;
                place?.Configure?.Invoke(options);
            }
        );
        _pool = runtime.CreatePool(
            configuration.Workers,
            options =>
            {
                options.Name = configuration.Name;
                options.Mapping.Include(types.Mapping);
                options.Context = options.Context.With(IParentController.Key, parent);
                options.EventTimeout =
                    configuration.EventTimeoutTicks > 0 ? TimeSpan.FromTicks(configuration.EventTimeoutTicks) : null;
                options.Adapters.Add(new CallAdapter());
                setup?.Configure(options);
            }
        );
        RunningCalls calls = new();
        HolderOptions holder = HolderOf(configuration, types);
        OutcomeSender outcomes = new(holder, calls, _outbox);
        _dispatch = new CallDispatch(_pool);
        _runner = new CallRunner(_dispatch, holder, _pool, _outbox, calls, outcomes, new ReadingLane(time));
        _objects = new HostedObjects(types, _pool, _runner, outcomes);
        if (_hold.Attach(_pool))
        {
            Vanish();
        }
    }

    private HolderOptions HolderOf(ChildConfiguration configuration, ChildTypes types) =>
        new()
        {
            Codec = types.Codec,
            Events = types.Events,
            ReadTimeout = TimeSpan.FromTicks(configuration.ReadTimeoutTicks),
            LinkTime = place is null ? TimeProvider.System : time,
            Refuse = static (message, cause) => new PayloadRefusedException(message, cause),
            SystemEnded = static (key, failure) => new InvalidOperationException(
                $"The child's own actor system ended while the event '{key}' ran; leave its end to the child.",
                failure
            ),
            Fail = Fail,
        };

    private async Task SetUpAsync(
        ChildConfiguration configuration,
        ChildSystem system,
        ParentLog log,
        CancellationToken leaving
    )
    {
        Task rehearsed = _rehearsal is null ? Task.CompletedTask : Rehearsal.RunAsync(_rehearsal, system);
        Task<ActorSystem> heard = log.AttachAsync(system.Booted);
        if (configuration is { Setup: not null } or { WarmUps.Count: > 0 })
        {
            // User code may ask for it.
            _ = system.BootAsync();
        }

        Build(configuration, await _reading!.ConfigureAwait(false), heard);
        await PrepareAsync(system).ConfigureAwait(false);
        await WarmUp.RunAsync(_types!.WarmUps, leaving).ConfigureAwait(false);
        await rehearsed.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task PrepareAsync(ChildSystem system)
    {
        _pool!.Run(_context);
        if (_pool.Mapping.Contains(ControllerEvents.WorkerPrepare))
        {
            _ = system.BootAsync();
            foreach (Controller worker in _pool.Workers)
            {
                await worker.Dispatch(ControllerEvents.WorkerPrepare).AsTask().ConfigureAwait(false);
            }
        }
    }

    /// <summary>The parent lets the child go.</summary>
    private async Task EndAsync(TimeSpan deadline)
    {
        await _pool!.ShutdownAsync(ShutdownMode.Drain, deadline).ConfigureAwait(false);
        await _objects!.DisposeAsync().ConfigureAwait(false);
        _done.TrySetResult();
    }

    /// <summary>After SIGTERM nothing more starts; calls have a moment to end, and later ends are not told.</summary>
    private async Task LeaveAsync()
    {
        await _runner!.LeaveAsync().ConfigureAwait(false);
        Task ending = _pool!.ShutdownAsync(ShutdownMode.Finish);
        await Task.WhenAny(ending, Task.Delay(LeavingTime, time)).ConfigureAwait(false);
        _runner.Abandon();
        await Task.WhenAny(ending, Task.Delay(LeavingTime, time)).ConfigureAwait(false);
        await Task.WhenAny(_objects!.DisposeAsync(), Task.Delay(LeavingTime, time)).ConfigureAwait(false);
        _done.TrySetResult();
    }
}
