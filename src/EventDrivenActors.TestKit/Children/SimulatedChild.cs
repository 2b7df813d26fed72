using Akka.Actor;
using EventDrivenActors.Subprocess.Child;
using EventDrivenActors.Subprocess.Connecting;
using EventDrivenActors.Subprocess.Launching;
using EventDrivenActors.TestKit.Loops;
using EventDrivenActors.Wire.Calls;
using EventDrivenActors.Wire.Channel;
using EventDrivenActors.Wire.Protocol;

namespace EventDrivenActors.TestKit.Children;

/// <summary>
/// A child in the test's own process and on its one thread: the real worker and the real link, over bytes in memory, on
/// the virtual clock, in an actor system that it shares.
/// </summary>
/// <remarks>
/// It starts no thread, boots no actor system and never blocks. From outside, its end looks like that of a process: the
/// messages that it had sent arrive, nothing more comes, and no further call starts. A handler that runs at that moment
/// goes on without effect, with its token cancelled.
/// </remarks>
internal sealed partial class SimulatedChild : ILinkedChild, IByteFaults
{
    private const int CrashSignal = 11;
    private static readonly TimeSpan LeavingTime = TimeSpan.FromSeconds(3);
    private readonly SimulatedChildren _all;
    private readonly ChildLaunch _launch;
    private readonly LoopWork _work;
    private readonly VirtualTime _time;
    private readonly ChildSystem _system;
    private readonly ChildClock _clock;
    private readonly SimulatedPipe _toParent;
    private readonly SimulatedPipe _toChild;
    private readonly ChildStream _stream;
    private readonly ChildProgram _program;
    private readonly SimulatedProgram _talk;
    private readonly CancellationTokenSource _leaving = new();
    private readonly TaskCompletionSource<ChildExit> _exited = new();
    private readonly Lock _gate = new();

    // Set once each, at the start; read by any thread.
    private volatile StartMarks _marks = StartMarks.None;
    private volatile StartMessage? _start;

    // Set once, by a SIGTERM, and disposed by the end, without a lock; after the end it does nothing when it fires.
    private DueTimer? _limit;

    // Under _gate.
    private bool _asked;

    // Written under _gate; read by any thread.
    private volatile bool _dead;

    public SimulatedChild(
        SimulatedChildren all,
        ChildLaunch launch,
        int number,
        LoopWork work,
        VirtualTime time,
        ActorSystem system
    )
    {
        _all = all;
        _launch = launch;
        _work = work;
        _time = time;
        ProcessId = number;
        _system = new ChildSystem(Task.FromResult(system));
        _clock = new ChildClock(time, work);
        _toParent = new SimulatedPipe(work, time, all.Dice);
        _toChild = new SimulatedPipe(work, time, all.Dice) { Admit = MayReceive, Arrived = OnArrived };
        _stream = new ChildStream(_toParent, _toChild, this);
        Stream = new SimulatedStream(_toChild, _toParent);
        _program = new ChildProgram(_clock, place: new SharedPlace(number, options => options.DrainBudget = 1));
        _talk = new SimulatedProgram(_program, this);
    }

    /// <summary>The number of the child among the children of its parent, from 1.</summary>
    public int ProcessId { get; }

    public LinkStream Stream { get; }

    public Task<ChildExit> Exited => _exited.Task;

    public bool IsDead => _dead;

    /// <summary>Whether the child is being set up and no fault delays it.</summary>
    public bool IsStarting =>
        _start is not null && !_dead && Volatile.Read(ref _noLongerStarts) == 0 && !_isFrozen && !_isStarved;

    /// <summary>The identifier of the last call that the child received; 0 before the first.</summary>
    public long LastCall { get; private set; }

    public Task SendStartAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
    {
        StartMessage start = StartMessage.Decode(message.ToArray());
        _start = start;
        RunLoose(() => _ = RunAsync(start));
        return Task.CompletedTask;
    }

    public void Terminate()
    {
        lock (_gate)
        {
            if (_dead || _asked)
            {
                return;
            }

            _asked = true;
            if (_isFrozen)
            {
                // A stopped process receives the signal when it continues.
                return;
            }
        }

        Leave();
    }

    public void Kill() => End(new ChildExit(null, Native.SigKill, []), "is killed");

    public async ValueTask DisposeAsync()
    {
        Kill();
        await Exited.ConfigureAwait(false);
    }

    /// <summary>Queues an action with the work of the loops; it runs outside of their context.</summary>
    public void RunLoose(Action action) => _work.Run(() => Loose.Run(action));

    /// <summary>Remembers the call in a message from the parent.</summary>
    public void Heard(ReadOnlySpan<byte> message)
    {
        if (message[0] == (byte)MessageKind.Call && MessageCodec.Decode(message.ToArray()) is WireMessage.Call call)
        {
            LastCall = call.Id;
        }
    }

    private async Task RunAsync(StartMessage start)
    {
        try
        {
            _marks = MappedStartPage.Open(start, closes: true);
            if (_dead)
            {
                _marks.Close();
                return;
            }

            _talk.Prepare(start.Configuration, _marks);
            await ChildSide
                .RunAsync(
                    start,
                    SettingsCodec.Decode(start.Settings),
                    _stream,
                    _clock,
                    () => _isStarved,
                    _talk,
                    link => _talk.RunAsync(start.Configuration, link, _system, _leaving.Token)
                )
                .ConfigureAwait(false);
            Exit(_leaving.IsCancellationRequested ? ChildExit.Terminated : 0);
        }
        catch (OperationCanceledException) when (_leaving.IsCancellationRequested)
        {
            Exit(ChildExit.Terminated);
        }
        catch (Exception reason)
        {
            Exit(ChildHost.Failed, $"{reason.GetType()}: {reason.Message}");
        }
    }

    private void Exit(int code, params string[] errors)
    {
        if (_dead)
        {
            return;
        }

        foreach (string line in errors)
        {
            _launch.OnOutput?.Invoke(new OutputLine(ProcessId, line, true));
        }

        End(ChildExit.From(code, errors), $"exits with code {code}");
    }

    /// <summary>Ends the child. The caller may hold locks of the link.</summary>
    private void End(ChildExit exit, string? told, SimulatedFault? fault = null)
    {
        lock (_gate)
        {
            if (_dead)
            {
                return;
            }

            _dead = true;
        }

        _marks.Close();
        _stream.Die();
        bool unread = _toChild.HasUnread;
        _toChild.Break();
        _toParent.Close(
            unread ? System.Net.Sockets.SocketError.ConnectionReset : System.Net.Sockets.SocketError.Success
        );
        _limit?.Dispose();
        _all.Ended(this, told);
        RunLoose(() =>
        {
            _clock.GoOn();
            _program.Vanish();
            _exited.TrySetResult(exit);
            if (fault is { Kind: SimulatedFaultKind.LateAfterDeath, Amount: >= 0 })
            {
                Later(Milliseconds(fault.Amount), _toParent.Release);
            }
        });
    }

    /// <summary>Begins to leave, after a SIGTERM.</summary>
    private void Leave()
    {
        _leaving.Cancel();
        _limit = new DueTimer(_clock, () => Exit(ChildExit.Terminated));
        _limit.Set(LeavingTime);
    }

    /// <summary>Runs an action after a time; zero means never.</summary>
    private void After(TimeSpan time, Action then)
    {
        if (time > TimeSpan.Zero)
        {
            Later(time, then);
        }
    }

    private void Later(TimeSpan time, Action then)
    {
        DueTimer timer = new(_time, () => RunLoose(then));
        timer.Set(time);
    }

    private static TimeSpan Milliseconds(int amount) => TimeSpan.FromMilliseconds(Math.Max(0, amount));
}
