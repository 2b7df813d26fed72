using System.Diagnostics;

namespace EventDrivenActors.Subprocess.Launching;

/// <summary>
/// Signals to a child and the process group that it leads, sent only while the child's number cannot belong to another
/// process.
/// </summary>
internal sealed class ProcessSignals(Process process)
{
    private const int ByProcess = 1;
    private const int ExitedNoHangNoReap = 4 | 1 | 0x01000000;
    private const int CodeOfInfo = 8 / sizeof(int);
    private const int StatusOfInfo = 24 / sizeof(int);
    private const int ByExit = 1;
    private const int SignalBase = 128;
    private readonly Lock _gate = new();
    private readonly int _pid = process.Id;

    // Under _gate.
    private bool _ended;

    /// <summary>
    /// The exit code of the ended process; null when no code could wait for it, for example because SIGCHLD is ignored.
    /// </summary>
    public int? ExitCode()
    {
        // .NET waits for it on a thread of its own, perhaps at this moment, and then knows the code.
        if (OperatingSystem.IsLinux() && Environment.Is64BitProcess)
        {
            Span<int> info = stackalloc int[32];
            info.Clear();
            if (Native.WaitForInfo(ByProcess, _pid, info, ExitedNoHangNoReap) == 0 && info[CodeOfInfo] != 0)
            {
                return info[CodeOfInfo] == ByExit ? info[StatusOfInfo] : SignalBase + info[StatusOfInfo];
            }
        }
        return process.HasExited ? process.ExitCode : null;
    }

    /// <summary>Asks the system whether it has ended.</summary>
    public bool HasEnded() => process.HasExited || (!OperatingSystem.IsWindows() && ProcessStamp.HasEnded(_pid, 0));

    /// <summary>Sends a signal to the child and to its group, unless the child is known to have ended.</summary>
    public void Send(int signal)
    {
        lock (_gate)
        {
            if (_ended || process.HasExited)
            {
                return;
            }

            if (OperatingSystem.IsWindows())
            {
                process.Kill(entireProcessTree: true);
                return;
            }
            // The group exists only from the child's setsid on, and another process may never get its number before
            // that: first the child, then the group.
            Native.Kill(_pid, signal);
            if (signal == Native.SigKill)
            {
                Native.Kill(-_pid, signal);
            }
        }
    }

    /// <summary>
    /// Ends what the child has left behind in its group. Called once, as soon as the child's end is known.
    /// </summary>
    /// <remarks>While a member lives the kernel does not give the group's number to a new process.</remarks>
    public void SweepGroup()
    {
        lock (_gate)
        {
            if (_ended)
            {
                return;
            }

            _ended = true;
            if (!OperatingSystem.IsWindows())
            {
                Native.Kill(-_pid, Native.SigKill);
            }
        }
    }
}
