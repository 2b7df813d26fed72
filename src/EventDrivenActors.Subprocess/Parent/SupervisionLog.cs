using Akka.Actor;
using Akka.Event;
using EventDrivenActors.Diagnostics;
using EventDrivenActors.Subprocess.Connecting;
using EventDrivenActors.Subprocess.Supervision;
using EventDrivenActors.Wire.Channel;
using EventDrivenActors.Wire.Protocol;

namespace EventDrivenActors.Subprocess.Parent;

/// <summary>The log messages about a controller's children: one method for each.</summary>
internal sealed partial class SupervisionLog
{
    private readonly ActorSystem _system;
    private readonly Action<ChildOutput>? _output;
    private readonly TimeProvider _time;
    private readonly string _controller;
    private readonly ILoggingAdapter _log;
    private readonly LastWords _lastWords;

    // Each under a lock of its own.
    private readonly LogBudget _lines;
    private readonly LogBudget _losses;

    // The child's seconds may begin at other times than ours, and the child reports how many events it did not send.
    private readonly LogBudget _events;

    public SupervisionLog(
        ActorSystem system,
        string controller,
        Action<ChildOutput>? output,
        int linesPerSecond,
        TimeProvider time
    )
    {
        _system = system;
        _output = output;
        _time = time;
        _controller = PlainText.Escape(controller);
        _log = Logging.GetLogger(system, "EventDrivenActors.Subprocess");
        _lines = new LogBudget(linesPerSecond);
        _losses = new LogBudget(linesPerSecond);
        _events = new LogBudget((2 * linesPerSecond) + 2);
        _lastWords = new LastWords(time, line => Write(line, null));
    }

    /// <summary>The least grave events that the log takes.</summary>
    public ChildLogLevel Level =>
        (ChildLogLevel)Math.Clamp((int)_system.EventStream.LogLevel, 0, (int)ChildLogLevel.None);

    public void Ready(int processId) =>
        _log.Debug("The child process '{0}' of the controller '{1}' is ready.", processId, _controller);

    public void Silence(ChildSilence silence)
    {
        switch (silence.Sign)
        {
            case SilenceSign.Unresponsive:
                _log.Warning(
                    "The child process '{0}' of the controller '{1}' has been silent for {2}{3}.",
                    silence.ProcessId,
                    _controller,
                    silence.Length,
                    StarvedBefore(silence)
                );
                break;
            case SilenceSign.Back:
                _log.Info(
                    "The child process '{0}' of the controller '{1}' gives signs of life again.",
                    silence.ProcessId,
                    _controller
                );
                break;
            case SilenceSign.Frozen:
                _log.Warning(
                    "The child process '{0}' of the controller '{1}' has been silent for {2}{3}, so it is killed.",
                    silence.ProcessId,
                    _controller,
                    silence.Length,
                    StarvedBefore(silence)
                );
                break;
            case SilenceSign.Starved:
                _log.Warning(
                    "The child process '{0}' of the controller '{1}' lives, but its thread pool has taken no work for "
                        + "{2}: handlers block its threads, so others of it cannot go on.",
                    silence.ProcessId,
                    _controller,
                    silence.Starved
                );
                break;
            case SilenceSign.Moving:
                _log.Info(
                    "The thread pool of the child process '{0}' of the controller '{1}' takes work again.",
                    silence.ProcessId,
                    _controller
                );
                break;
        }
    }

    private static string StarvedBefore(ChildSilence silence) =>
        silence.Starved > TimeSpan.Zero
            ? $", and before that its thread pool had taken no work for {silence.Starved}"
            : "";

    public void KilledOnTimeout(int processId) =>
        _log.Warning(
            "A handler in the child process '{0}' of the controller '{1}' ignores its time-out, so the child is "
                + "killed.",
            processId,
            _controller
        );

    public void OverHardLimit(int processId, long bytes) =>
        _log.Warning(
            "The child process '{0}' of the controller '{1}' takes {2} bytes of memory, above the hard limit, so it "
                + "is killed.",
            processId,
            _controller,
            bytes
        );

    /// <param name="end">How a child ended that was replaced as planned, or whose controller stopped.</param>
    public void Ended(ChildEnd end)
    {
        const string Told = "The child process of the controller '{0}' has ended ({1}): {2}.{3}";
        string words = _lastWords.Of(end.ProcessId);
        if (words.Length == 0)
        {
            _log.Debug(Told, _controller, end.Reason, PlainText.Of(end), words);
        }
        else
        {
            _log.Info(Told, _controller, end.Reason, PlainText.Of(end), words);
        }
    }

    /// <param name="end">How the last one was lost.</param>
    public void GivenUp(ChildEnd end)
    {
        if (_lastWords.Of(end.ProcessId) is { Length: > 0 } words)
        {
            _log.Warning(
                "The controller '{0}' lost its child ({1}): {2}.{3}",
                _controller,
                end.Reason,
                PlainText.Of(end),
                words
            );
        }
    }

    /// <param name="end">How it was lost.</param>
    /// <param name="delay">How long the next one is waited for; null when another one is there, or being
    /// started.</param>
    public void Lost(ChildEnd end, TimeSpan? delay)
    {
        string words = _lastWords.Of(end.ProcessId);
        if (delay is { } wait)
        {
            _log.Warning(
                "The controller '{0}' lost its child ({1}): {2}. The next one is started in {3}.{4}",
                _controller,
                end.Reason,
                PlainText.Of(end),
                wait,
                words
            );
        }
        else
        {
            _log.Warning(
                "The controller '{0}' lost a child ({1}): {2}. Another one takes its place.{3}",
                _controller,
                end.Reason,
                PlainText.Of(end),
                words
            );
        }
    }

    public void DisposalFailed(string name, string reason) =>
        _log.Warning(
            "The remote object '{0}' of the controller '{1}' failed when it was disposed: {2}",
            PlainText.Escape(name),
            _controller,
            PlainText.Escape(reason)
        );

    public void NotRead(string what, string reason)
    {
        if (MayTellLoss())
        {
            _log.Warning(
                "The controller '{0}' could not read {1} in the child, so it is lost: {2}",
                _controller,
                PlainText.Escape(what),
                PlainText.Escape(reason)
            );
        }
    }

    public void RaiseRefused(object key, string reason)
    {
        if (MayTellLoss())
        {
            _log.Warning(
                "The controller '{0}' did not take '{1}' from its child: {2}",
                _controller,
                PlainText.Of(key),
                PlainText.Escape(reason)
            );
        }
    }
}
