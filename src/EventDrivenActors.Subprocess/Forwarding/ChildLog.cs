using Akka.Event;
using EventDrivenActors.Subprocess.Launching;
using EventDrivenActors.Subprocess.Link;
using EventDrivenActors.Subprocess.Supervision;

namespace EventDrivenActors.Subprocess.Forwarding;

/// <summary>What is told of the children of a controller: one method a message.</summary>
internal sealed class ChildLog(ILoggingAdapter log, string controller, Action<ChildOutput>? output, LogBudget budget, TimeProvider time)
{
    public void Ready(int processId) => log.Info("The child process '{0}' of the controller '{1}' is ready.", processId, controller);

    public void Silence(ChildSilence silence)
    {
        switch (silence.Sign)
        {
            case SilenceSign.Unresponsive:
                log.Warning("The child process '{0}' of the controller '{1}' has been silent for {2}.", silence.ProcessId, controller, silence.Length);
                break;
            case SilenceSign.Back:
                log.Info("The child process '{0}' of the controller '{1}' gives signs of life again.", silence.ProcessId, controller);
                break;
            case SilenceSign.Frozen:
                log.Warning("The child process '{0}' of the controller '{1}' has been silent for {2}, so it is killed.", silence.ProcessId, controller, silence.Length);
                break;
        }
    }

    public void KilledOnTimeout(int processId) =>
        log.Warning("A handler in the child process '{0}' of the controller '{1}' ignores its time-out, so the child is killed.", processId, controller);

    public void OverHardLimit(int processId, long bytes) =>
        log.Warning("The child process '{0}' of the controller '{1}' takes {2} bytes of memory, above the hard limit, so it is killed.", processId, controller, bytes);

    public void Ended(ChildEnd end) => log.Info("The child process of the controller '{0}' has ended ({1}): {2}.", controller, end.Reason, end);

    /// <param name="end">How it was lost.</param>
    /// <param name="delay">How long the next one is waited for; null when another one is there, or being started.</param>
    public void Lost(ChildEnd end, TimeSpan? delay)
    {
        if (delay is { } wait)
        {
            log.Warning("The controller '{0}' lost its child ({1}): {2}. The next one is started in {3}.", controller, end.Reason, end, wait);
        }
        else
        {
            log.Warning("The controller '{0}' lost a child ({1}): {2}. Another one takes its place.", controller, end.Reason, end);
        }
    }

    public void DisposalFailed(string name, string reason) =>
        log.Warning("The remote object '{0}' of the controller '{1}' failed when it was disposed: {2}", name, controller, reason);

    public void RaiseRefused(object key, string reason) =>
        log.Warning("The controller '{0}' did not take '{1}' from its child: {2}", controller, key, reason);

    /// <summary>A line that a child has written: to the user's listener, else to the log.</summary>
    public void Output(OutputLine line)
    {
        if (output is null)
        {
            if (!MayLog(line.ProcessId))
            {
                return;
            }

            if (line.IsError)
            {
                log.Warning("[child {0}] {1}", line.ProcessId, line.Text);
            }
            else
            {
                log.Info("[child {0}] {1}", line.ProcessId, line.Text);
            }

            return;
        }

        try
        {
            output(new ChildOutput(line.ProcessId, line.Text, line.IsError));
        }
        catch (Exception exception)
        {
            log.Error(exception, "What hears the output of the child process '{0}' of the controller '{1}' failed.", line.ProcessId, controller);
        }
    }

    /// <summary>A log that does not keep pace would hold all that a child writes in memory.</summary>
    private bool MayLog(int processId)
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
            log.Warning("The child process '{0}' of the controller '{1}' writes too much; what else it writes within this second is not logged.", processId, controller);
        }

        return false;
    }
}
