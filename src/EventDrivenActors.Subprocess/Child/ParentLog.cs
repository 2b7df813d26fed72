using System.Threading.Channels;
using Akka.Actor;
using Akka.Event;
using EventDrivenActors.Subprocess.Remoting;
using EventDrivenActors.Subprocess.Supervision;
using EventDrivenActors.Wire.Calls;
using EventDrivenActors.Wire.Protocol;

namespace EventDrivenActors.Subprocess.Child;

/// <summary>
/// Sends what the child's actor system logs to the parent: so many events a second, and of the others their number. Any
/// thread.
/// </summary>
/// <remarks>
/// It is sent by a task of its own: the thread that logs may hold the link's lock, and perhaps logs that nothing can be
/// sent any more.
/// </remarks>
internal sealed class ParentLog : IAsyncDisposable
{
    private const string OwnSource = "EventDrivenActors.Subprocess";
    private const int MaxSource = 256;
    private const int MaxText = 4 * 1024;
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private readonly Lock _gate = new();
    private readonly CallerOutbox _outbox;
    private readonly ChildLogLevel _level;
    private readonly LogBudget _budget;
    private readonly TimeProvider _time;
    private readonly ITimer _told;
    private readonly Channel<WireMessage> _taken = Channel.CreateUnbounded<WireMessage>(
        new UnboundedChannelOptions { SingleReader = true }
    );
    private readonly Task _sending;

    // Under _gate, as the budget.
    private long _dropped;

    public ParentLog(CallerOutbox outbox, ChildLogLevel level, int linesPerSecond, TimeProvider time)
    {
        _outbox = outbox;
        _level = level;
        _budget = new LogBudget(linesPerSecond);
        _time = time;
        _told = time.CreateTimer(_ => TellDropped(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _sending = Task.Run(SendAsync);
    }

    /// <summary>
    /// Waits for the system's boot. From then on the system's log events go to the parent, at the parent's level.
    /// </summary>
    public async Task<ActorSystem> AttachAsync(Task<ActorSystem> booting)
    {
        ActorSystem system = await booting.ConfigureAwait(false);
        Attach(system);
        return system;
    }

    private void Attach(ActorSystem system)
    {
        if (_level < ChildLogLevel.None)
        {
            system.EventStream.SetLogLevel((LogLevel)_level);
            LogTap.Attach(system, Take);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _told.DisposeAsync().ConfigureAwait(false);
        _taken.Writer.TryComplete();
        await _sending.ConfigureAwait(false);
        TellDropped();
    }

    internal void Take(LogEvent log)
    {
        ChildLogLevel level = (ChildLogLevel)log.LogLevel();
        if (level < _level || CallerOutbox.IsSending)
        {
            // An event that is logged during a send is about that send: sending it would cause the next one.
            return;
        }

        lock (_gate)
        {
            if (!_budget.Take(_time.GetElapsedTime(0), out _))
            {
                if (_dropped++ == 0)
                {
                    _told.Change(Second, Timeout.InfiniteTimeSpan);
                }

                return;
            }
        }

        _taken.Writer.TryWrite(
            new WireMessage.Logged(
                level,
                Cut(log.LogSource, MaxSource),
                Text(log),
                log.Cause is null ? null : Describe(log.Cause)
            )
        );
    }

    private async Task SendAsync()
    {
        await foreach (WireMessage message in _taken.Reader.ReadAllAsync().ConfigureAwait(false))
        {
            _outbox.SendControl(message);
        }
    }

    private void TellDropped()
    {
        long dropped;
        lock (_gate)
        {
            dropped = _dropped;
            _dropped = 0;
        }

        if (dropped > 0)
        {
            // Not by the control lane: a child that leaves waits for the receipt of the other lane.
            _outbox.Send(
                new WireMessage.Logged(
                    ChildLogLevel.Warning,
                    OwnSource,
                    $"It logs too much: {dropped} more events were not sent. Log less, or raise 'output.logged-lines'.",
                    null
                )
            );
        }
    }

    /// <summary>Puts the whole exception into its trace, and nothing else that could grow.</summary>
    private static RemoteFailure Describe(Exception cause) =>
        new(Cut(cause.GetType().ToString(), MaxSource), Read(() => cause.Message), Read(cause.ToString), [], []);

    private static string Text(LogEvent log) => Read(() => log.Message.ToString());

    private static string Read(Func<string?> text)
    {
        try
        {
            return Cut(text() ?? "", MaxText);
        }
        catch (Exception unreadable)
        {
            return $"(could not be read: {unreadable.GetType()})";
        }
    }

    private static string Cut(string text, int length) =>
        text.Length <= length ? text : string.Concat(text.AsSpan(0, length), "…");
}
