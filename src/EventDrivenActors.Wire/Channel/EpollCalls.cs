using System.Runtime.InteropServices;

namespace EventDrivenActors.Wire.Channel;

/// <summary>The system calls of <see cref="EpollWatch"/>. Linux only.</summary>
internal static partial class EpollCalls
{
    [LibraryImport("libc", EntryPoint = "epoll_create1", SetLastError = true)]
    public static partial int CreateEpoll(int flags);

    [LibraryImport("libc", EntryPoint = "epoll_ctl", SetLastError = true)]
    public static partial int ControlEpoll(SafeHandle epoll, int operation, SafeHandle watched, in EpollEvent what);

    [LibraryImport("libc", EntryPoint = "epoll_wait", SetLastError = true)]
    public static partial int WaitForEpoll(SafeHandle epoll, out EpollEvent seen, int most, int milliseconds);

    [LibraryImport("libc", EntryPoint = "eventfd", SetLastError = true)]
    public static partial int CreateEvent(uint value, int flags);

    /// <summary>
    /// The watched events. The fields after them have other offsets on other architectures and are not used; the size
    /// is that of the largest.
    /// </summary>
    [StructLayout(LayoutKind.Sequential, Size = 16)]
    public struct EpollEvent
    {
        public uint Events;
    }
}
