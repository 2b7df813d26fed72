using System.Diagnostics;

namespace EventDrivenActors.Subprocess.Launching;

/// <summary>Signals to a child and the process group that it leads, sent only while the child's number cannot belong to another process.</summary>
internal sealed class ProcessSignals(Process process)
{
    private readonly Lock _gate = new();
    private readonly int _pid = process.Id;
    private bool _ended;

    /// <summary>Sends a signal to the child and to its group, unless the child is known to have ended.</summary>
    public void Send(int signal)
    {
        lock (_gate)
        {
            if (_ended || process.HasExited)
                return;
            if (OperatingSystem.IsWindows())
            {
                process.Kill(entireProcessTree: true);
                return;
            }
            // The group exists only from the child's setsid on, and another process may never get its number before that: first the child, then the group.
            Native.Kill(_pid, signal);
            if (signal == Native.SigKill)
                Native.Kill(-_pid, signal);
        }
    }

    /// <summary>Ends what the child has left behind in its group. Called once, as soon as the child's end is known.</summary>
    /// <remarks>While a member lives the kernel does not give the group's number to a new process.</remarks>
    public void SweepGroup()
    {
        lock (_gate)
        {
            if (_ended)
                return;
            _ended = true;
            if (!OperatingSystem.IsWindows())
                Native.Kill(-_pid, Native.SigKill);
        }
    }
}
