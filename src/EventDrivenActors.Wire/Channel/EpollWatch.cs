using System.Net.Sockets;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace EventDrivenActors.Wire.Channel;

/// <summary>
/// Linux wakes one of the threads that wait, and none after it before it is asked to: a thread that stands by to take
/// over costs nothing.
/// </summary>
internal sealed class EpollWatch : SocketWatch
{
    private const int CloseOnExec = 0x80000;
    private const int Add = 1;
    private const int Modify = 3;
    private const int Interrupted = 4;
    private static readonly EpollCalls.EpollEvent Readable = new() { Events = 0x1 };
    private static readonly EpollCalls.EpollEvent ReadableOnce = new() { Events = 0x1 | 0x2000 | (1u << 30) };
    private readonly SafeHandle _epoll;
    private readonly SafeHandle _end;
    private readonly SafeHandle _watched;

    private EpollWatch(SafeHandle epoll, SafeHandle end, Socket socket)
        : base(socket) => (_epoll, _end, _watched) = (epoll, end, socket.SafeHandle);

    public override int Places => 2;

    /// <returns>Null where the system has no such thing, or no more of them.</returns>
    public static EpollWatch? TryWatch(Socket socket)
    {
        if (!OperatingSystem.IsLinux())
        {
            return null;
        }

        SafeFileHandle epoll = new SafeFileHandle(EpollCalls.CreateEpoll(CloseOnExec), ownsHandle: true);
        SafeFileHandle end = new SafeFileHandle(EpollCalls.CreateEvent(1, CloseOnExec), ownsHandle: true);
        if (
            !epoll.IsInvalid
            && !end.IsInvalid
            && EpollCalls.ControlEpoll(epoll, Add, socket.SafeHandle, ReadableOnce) == 0
        )
        {
            return new EpollWatch(epoll, end, socket);
        }

        epoll.Dispose();
        end.Dispose();
        return null;
    }

    public override void Wait()
    {
        bool held = false;
        try
        {
            // A socket is shut down before it is disposed of, which is seen here; closing it alone would not be.
            _watched.DangerousAddRef(ref held);
            while (EpollCalls.WaitForEpoll(_epoll, out _, 1, -1) < 0 && Marshal.GetLastPInvokeError() == Interrupted)
            {
                // By a signal, which was not for this thread.
            }
        }
        catch (ObjectDisposedException)
        {
            // The next read finds out.
        }
        finally
        {
            if (held)
            {
                _watched.DangerousRelease();
            }
        }
    }

    public override void Next()
    {
        try
        {
            _ = EpollCalls.ControlEpoll(_epoll, Modify, _watched, ReadableOnce);
        }
        catch (ObjectDisposedException)
        {
            LetGo();
        }
    }

    public override void LetGo()
    {
        try
        {
            _ = EpollCalls.ControlEpoll(_epoll, Add, _end, Readable);
        }
        catch (ObjectDisposedException)
        {
            // All have gone.
        }
    }

    public override void Dispose()
    {
        base.Dispose();
        _epoll.Dispose();
        _end.Dispose();
    }
}
