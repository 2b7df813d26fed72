using Akka.Event;
using EventDrivenActors.Subprocess.Launching;
using EventDrivenActors.Subprocess.Supervision;

namespace EventDrivenActors.Subprocess.Forwarding;

/// <summary>What is told of the children of a controller: one method a message.</summary>
internal sealed class ChildLog(ILoggingAdapter log, string controller, Action<ChildOutput>? output, LogBudget budget, TimeProvider time)
{
    public void Ready(int processId) => log.Info("The child process '{0}' of the controller '{1}' is ready.", processId, controller);

    public void Unresponsive(int processId, TimeSpan silence) =>
        log.Warning("The child process '{0}' of the controller '{1}' has been silent for {2}.", processId, controller, silence);

    public void KilledOnTimeout(int processId) =>
        log.Warning("A handler in the child process '{0}' of the controller '{1}' ignores its time-out, so the child is killed.", processId, controller);

    public void Lost(ChildEnd end, TimeSpan delay) =>
        log.Warning("The controller '{0}' lost its child: {1}. The next one is started in {2}.", controller, end, delay);

    public void DisposalFailed(string name, string reason) =>
        log.Warning("The remote object '{0}' of the controller '{1}' failed when it was disposed: {2}", name, controller, reason);

    public void RaiseRefused(object key, string reason) =>
        log.Warning("The controller '{0}' did not take '{1}' from its child: {2}", controller, key, reason);

    /// <summary>A line that a child has written: to the user's listener, else to the log.</summary>
    public void Output(int processId, OutputLine line)
    {
        if (output is null)
        {
            if (!MayLog(processId))
            {
                return;
            }

            if (line.IsError)
            {
                log.Warning("[child {0}] {1}", processId, line.Text);
            }
            else
            {
                log.Info("[child {0}] {1}", processId, line.Text);
            }

            return;
        }

        try
        {
            output(new ChildOutput(processId, line.Text, line.IsError));
        }
        catch (Exception exception)
        {
            log.Error(exception, "What hears the output of the child process '{0}' of the controller '{1}' failed.", processId, controller);
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
