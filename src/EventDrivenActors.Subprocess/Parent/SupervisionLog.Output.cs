using Akka.Event;
using EventDrivenActors.Diagnostics;
using EventDrivenActors.Subprocess.Launching;
using EventDrivenActors.Subprocess.Supervision;
using EventDrivenActors.Wire.Calls;
using EventDrivenActors.Wire.Protocol;

namespace EventDrivenActors.Subprocess.Parent;

/// <content>Logs the lines that children write to their outputs.</content>
internal sealed partial class SupervisionLog
{
    /// <summary>A line that a child has written: to the user's listener, else to the log.</summary>
    /// <param name="line">The line.</param>
    /// <param name="running">Gives the event that the child runs, where it runs one.</param>
    public void Output(OutputLine line, Func<OutstandingCall?> running)
    {
        if (_output is null)
        {
            if (!line.IsError || !_lastWords.Take(line))
            {
                Write(line, running);
            }

            return;
        }

        try
        {
            _output(new ChildOutput(line.ProcessId, line.Text, line.IsError));
        }
        catch (Exception exception)
        {
            _log.Error(
                PlainText.Cause(exception),
                "The listener of the output of the child process '{0}' of the controller '{1}' failed.",
                line.ProcessId,
                _controller
            );
        }
    }

    private void Write(OutputLine line, Func<OutstandingCall?>? running)
    {
        if (!MayLog(line.ProcessId, _lines))
        {
            return;
        }

        string of = running?.Invoke() is { } call ? $", '{PlainText.Of(call.Key)}' {call.Id}" : "";
        if (line.IsError)
        {
            _log.Warning("[child {0}{1}] {2}", line.ProcessId, of, line.Text);
        }
        else
        {
            _log.Info("[child {0}{1}] {2}", line.ProcessId, of, line.Text);
        }
    }

    /// <summary>Logs an entry of a child's own actor system, at its level and under its source.</summary>
    public void Logged(int processId, WireMessage.Logged logged)
    {
        if (logged.Level < Level || !MayLog(processId, _events))
        {
            return;
        }

        string source = PlainText.Escape(logged.Source);
        // It may log before its connection is known here.
        string text = $"[child{(processId == 0 ? "" : $" {processId}")}] {PlainText.Escape(logged.Text)}";
        Exception? cause = logged.Cause is { } failure ? CallFailures.Logged(failure, processId) : null;
        _system.EventStream.Publish(
            logged.Level switch
            {
                ChildLogLevel.Debug => new Debug(cause, source, typeof(SupervisionLog), text),
                ChildLogLevel.Info => new Info(cause, source, typeof(SupervisionLog), text),
                ChildLogLevel.Warning => new Warning(cause, source, typeof(SupervisionLog), text),
                _ => (LogEvent)new Error(cause, source, typeof(SupervisionLog), text),
            }
        );
    }

    private bool MayTellLoss()
    {
        bool first;
        lock (_losses)
        {
            if (_losses.Take(_time.GetElapsedTime(0), out first))
            {
                return true;
            }
        }

        if (first)
        {
            _log.Warning(
                "The controller '{0}' cannot take most of what its child raises or reports; what else is lost within "
                    + "this second is not logged.",
                _controller
            );
        }

        return false;
    }

    /// <summary>A log that does not keep pace would hold all that a child writes in memory.</summary>
    private bool MayLog(int processId, LogBudget budget)
    {
        bool first;
        lock (budget)
        {
            if (budget.Take(_time.GetElapsedTime(0), out first))
            {
                return true;
            }
        }

        if (first)
        {
            _log.Warning(
                "The child process '{0}' of the controller '{1}' writes too much; what else it writes within this "
                    + "second is not logged.",
                processId,
                _controller
            );
        }

        return false;
    }
}
