using System.IO.Pipes;
using System.Text;

namespace EventDrivenActors.Subprocess.Launching;

/// <summary>One process of <see cref="ProcessGuard"/>: /bin/sh with nothing but the pipe.</summary>
internal sealed class GuardProcess
{
    private const string Shell = "/bin/sh";
    private const int NoHang = 1;
    private const int GetFlags = 3;
    private const int SetFlags = 4;
    private static readonly TimeSpan Lived = TimeSpan.FromSeconds(1);

    // If the start time shows that the leader of a group is another process by now, the group is not the child's.
    private const string Script = """
        trap '' HUP INT QUIT TERM
        cd /
        groups=
        while read -r sign rest; do
            case $sign in
            +) groups="$groups $rest" ;;
            -) kept=
               for one in $groups; do [ "$one" = "$rest" ] || kept="$kept $one"; done
               groups=$kept ;;
            s) set -- "$@" "$rest" ;;
            r) for one do shift; [ "$one" = "$rest" ] || set -- "$@" "$one"; done ;;
            esac
        done
        is_child() {
            [ "$born" = 0 ] || [ ! -r "/proc/$group/stat" ] || ! read -r stat < "/proc/$group/stat" \
                || is_born ${stat##*) }
        }
        is_born() {
            shift 19
            [ "$1" = "$born" ]
        }
        for one in $groups; do
            group=${one%%:*}
            born=${one#*:}
            if is_child; then
                kill -s KILL -- "-$group"
                kill -s KILL -- "$group"
            fi
        done
        for one do
            rm -f -- "$one"
            rmdir -- "${one%/*}"
        done
        """;

    private readonly AnonymousPipeServerStream _pipe;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly long _began = TimeProvider.System.GetTimestamp();
    private readonly Action<GuardProcess, bool> _onEnded;
    private bool _reaped;

    private GuardProcess(int processId, AnonymousPipeServerStream pipe, Action<GuardProcess, bool> onEnded)
    {
        ProcessId = processId;
        _pipe = pipe;
        _onEnded = onEnded;
        EndWatch.OfProcess.Watch(processId, Reap, OnEnded);
    }

    public int ProcessId { get; }

    /// <summary>Completes when it has ended.</summary>
    public Task Ended => _ended.Task;

    /// <summary>Starts one.</summary>
    /// <param name="onEnded">Hears that it has ended, and whether it had lived for a while.</param>
    /// <returns>Null where that is not possible.</returns>
    public static GuardProcess? TryStart(Action<GuardProcess, bool> onEnded)
    {
        if (OperatingSystem.IsWindows())
        {
            return null;
        }

        AnonymousPipeServerStream? pipe = null;
        try
        {
            pipe = new AnonymousPipeServerStream(PipeDirection.Out, HandleInheritability.None);
            int writes = (int)pipe.SafePipeHandle.DangerousGetHandle();
            int nonBlocking = OperatingSystem.IsMacOS() ? 4 : 0x800;
            if (
                Native.Fcntl(writes, SetFlags, Native.Fcntl(writes, GetFlags, 0) | nonBlocking) < 0
                || !PosixSpawn.TryStart(
                    Shell,
                    ["sh", "-c", Script],
                    ["PATH=/usr/bin:/bin"],
                    (int)pipe.ClientSafePipeHandle.DangerousGetHandle(),
                    out int processId
                )
            )
            {
                pipe.Dispose();
                return null;
            }
            pipe.DisposeLocalCopyOfClientHandle();
            return new GuardProcess(processId, pipe, onEnded);
        }
        catch (Exception reason) when (reason is IOException or EntryPointNotFoundException or DllNotFoundException)
        {
            pipe?.Dispose();
            return null;
        }
    }

    /// <summary>Writes a line, whole or not at all.</summary>
    public unsafe bool TryWrite(string line)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(line + '\n');
        fixed (byte* start = bytes)
        {
            return Native.Write((int)_pipe.SafePipeHandle.DangerousGetHandle(), start, bytes.Length) == bytes.Length;
        }
    }

    /// <summary>Lets it end by itself; it has been told that nothing is left.</summary>
    public void Close() => _pipe.Dispose();

    /// <summary>Ends it at once, so that it does nothing.</summary>
    public void Kill()
    {
        Native.Kill(ProcessId, Native.SigKill);
        _pipe.Dispose();
    }

    /// <summary>
    /// Whether it has ended: nobody else waits for it. Where SIGCHLD is ignored there is nothing to wait for.
    /// </summary>
    private bool Reap() => _reaped = _reaped || Native.WaitFor(ProcessId, out _, NoHang) != 0;

    private void OnEnded()
    {
        Reap();
        _onEnded(this, TimeProvider.System.GetElapsedTime(_began) > Lived);
        _pipe.Dispose();
        _ended.TrySetResult();
    }
}
