using Akka.Actor;
using Akka.Event;
using EventDrivenActors.Subprocess.Launching;
using EventDrivenActors.Subprocess.Link;
using EventDrivenActors.Subprocess.Supervision;
using EventDrivenActors.Subprocess.Wire;

namespace EventDrivenActors.Subprocess.Forwarding;

/// <summary>What is told of the children of a controller: one method a message.</summary>
internal sealed class ChildLog(ActorSystem system, string controller, Action<ChildOutput>? output, int linesPerSecond, TimeProvider time)
{
    private readonly ILoggingAdapter _log = Logging.GetLogger(system, "EventDrivenActors.Subprocess");
    private readonly LogBudget _lines = new(linesPerSecond);
    private readonly LogBudget _losses = new(linesPerSecond);

    // The child's seconds may begin otherwise than ours, and it says how many it did not send.
    private readonly LogBudget _events = new((2 * linesPerSecond) + 2);

    /// <summary>The least grave events that the log takes.</summary>
    public ChildLogLevel Level => (ChildLogLevel)Math.Clamp((int)system.EventStream.LogLevel, 0, (int)ChildLogLevel.None);

    public void Ready(int processId) => _log.Info("The child process '{0}' of the controller '{1}' is ready.", processId, controller);

    public void Silence(ChildSilence silence)
    {
        switch (silence.Sign)
        {
            case SilenceSign.Unresponsive:
                _log.Warning("The child process '{0}' of the controller '{1}' has been silent for {2}.", silence.ProcessId, controller, silence.Length);
                break;
            case SilenceSign.Back:
                _log.Info("The child process '{0}' of the controller '{1}' gives signs of life again.", silence.ProcessId, controller);
                break;
            case SilenceSign.Frozen:
                _log.Warning("The child process '{0}' of the controller '{1}' has been silent for {2}, so it is killed.", silence.ProcessId, controller, silence.Length);
                break;
        }
    }

    public void KilledOnTimeout(int processId) =>
        _log.Warning("A handler in the child process '{0}' of the controller '{1}' ignores its time-out, so the child is killed.", processId, controller);

    public void OverHardLimit(int processId, long bytes) =>
        _log.Warning("The child process '{0}' of the controller '{1}' takes {2} bytes of memory, above the hard limit, so it is killed.", processId, controller, bytes);

    public void Ended(ChildEnd end) => _log.Info("The child process of the controller '{0}' has ended ({1}): {2}.", controller, end.Reason, end);

    /// <param name="end">How it was lost.</param>
    /// <param name="delay">How long the next one is waited for; null when another one is there, or being started.</param>
    public void Lost(ChildEnd end, TimeSpan? delay)
    {
        if (delay is { } wait)
        {
            _log.Warning("The controller '{0}' lost its child ({1}): {2}. The next one is started in {3}.", controller, end.Reason, end, wait);
        }
        else
        {
            _log.Warning("The controller '{0}' lost a child ({1}): {2}. Another one takes its place.", controller, end.Reason, end);
        }
    }

    public void DisposalFailed(string name, string reason) =>
        _log.Warning("The remote object '{0}' of the controller '{1}' failed when it was disposed: {2}", name, controller, reason);

    public void NotRead(string what, string reason)
    {
        if (MayTellLoss())
        {
            _log.Warning("The controller '{0}' could not read {1} in the child, so it is lost: {2}", controller, what, reason);
        }
    }

    public void RaiseRefused(object key, string reason)
    {
        if (MayTellLoss())
        {
            _log.Warning("The controller '{0}' did not take '{1}' from its child: {2}", controller, key, reason);
        }
    }

    /// <summary>A line that a child has written: to the user's listener, else to the log.</summary>
    public void Output(OutputLine line)
    {
        if (output is null)
        {
            if (!MayLog(line.ProcessId, _lines))
            {
                return;
            }

            if (line.IsError)
            {
                _log.Warning("[child {0}] {1}", line.ProcessId, line.Text);
            }
            else
            {
                _log.Info("[child {0}] {1}", line.ProcessId, line.Text);
            }

            return;
        }

        try
        {
            output(new ChildOutput(line.ProcessId, line.Text, line.IsError));
        }
        catch (Exception exception)
        {
            _log.Error(exception, "What hears the output of the child process '{0}' of the controller '{1}' failed.", line.ProcessId, controller);
        }
    }

    /// <summary>What a child's own actor system has logged, at its level and under its source.</summary>
    public void Logged(int processId, WireMessage.Logged logged)
    {
        if (logged.Level < Level || !MayLog(processId, _events))
        {
            return;
        }

        string source = PlainText.Escape(logged.Source);
        // It may log before its connection is known here.
        string text = $"[child{(processId == 0 ? "" : $" {processId}")}] {PlainText.Escape(logged.Text)}";
        Exception? cause = logged.Cause is { } failure ? ChildFailures.Logged(failure, processId) : null;
        system.EventStream.Publish(logged.Level switch
        {
            ChildLogLevel.Debug => new Debug(cause, source, typeof(ChildLog), text),
            ChildLogLevel.Info => new Info(cause, source, typeof(ChildLog), text),
            ChildLogLevel.Warning => new Warning(cause, source, typeof(ChildLog), text),
            _ => (LogEvent)new Error(cause, source, typeof(ChildLog), text),
        });
    }

    private bool MayTellLoss()
    {
        bool first;
        lock (_losses)
        {
            if (_losses.Take(time.GetElapsedTime(0), out first))
            {
                return true;
            }
        }

        if (first)
        {
            _log.Warning("The controller '{0}' cannot take most of what its child raises or reports; what else is lost within this second is not logged.", controller);
        }

        return false;
    }

    /// <summary>A log that does not keep pace would hold all that a child writes in memory.</summary>
    private bool MayLog(int processId, LogBudget budget)
    {
        bool first;
        lock (budget)
        {
            if (budget.Take(time.GetElapsedTime(0), out first))
            {
                return true;
            }
        }

        if (first)
        {
            _log.Warning("The child process '{0}' of the controller '{1}' writes too much; what else it writes within this second is not logged.", processId, controller);
        }

        return false;
    }
}
