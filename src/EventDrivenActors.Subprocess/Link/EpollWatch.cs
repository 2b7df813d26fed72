using System.Net.Sockets;
using System.Runtime.InteropServices;
using EventDrivenActors.Subprocess.Launching;
using Microsoft.Win32.SafeHandles;

namespace EventDrivenActors.Subprocess.Link;

/// <summary>Linux wakes one of the threads that wait, and none after it before it is asked to: a thread that stands by to take over costs nothing.</summary>
internal sealed class EpollWatch : SocketWatch
{
    private const int CloseOnExec = 0x80000;
    private const int Add = 1;
    private const int Modify = 3;
    private const int Interrupted = 4;
    private static readonly Native.EpollEvent ReadableOnce = new() { Events = 0x1 | 0x2000 | (1u << 30) };
    private readonly SafeHandle _epoll;
    private readonly SafeHandle _watched;

    private EpollWatch(SafeHandle epoll, Socket socket)
        : base(socket) => (_epoll, _watched) = (epoll, socket.SafeHandle);

    public override int Places => 2;

    /// <returns>Null where the system has no such thing, or no more of them.</returns>
    public static EpollWatch? TryWatch(Socket socket)
    {
        if (!OperatingSystem.IsLinux())
            return null;
        var epoll = new SafeFileHandle(Native.CreateEpoll(CloseOnExec), ownsHandle: true);
        if (!epoll.IsInvalid && Native.ControlEpoll(epoll, Add, socket.SafeHandle, ReadableOnce) == 0)
            return new EpollWatch(epoll, socket);
        epoll.Dispose();
        return null;
    }

    public override void Wait()
    {
        while (Native.WaitForEpoll(_epoll, out _, 1, -1) < 0 && Marshal.GetLastPInvokeError() == Interrupted)
        {
            // By a signal, which was not for this thread.
        }
    }

    public override void Next() => _ = Native.ControlEpoll(_epoll, Modify, _watched, ReadableOnce);

    public override void Dispose()
    {
        base.Dispose();
        _epoll.Dispose();
    }
}
