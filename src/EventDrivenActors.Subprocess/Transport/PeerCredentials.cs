using System.Net.Sockets;
using System.Runtime.InteropServices;
using EventDrivenActors.Subprocess.Launching;

namespace EventDrivenActors.Subprocess.Transport;

/// <summary>
/// The process at the other end of a Unix-domain socket, according to the kernel. Linux only; elsewhere there is only
/// the proof of the handshake.
/// </summary>
internal static class PeerCredentials
{
    private const int SocketLevel = 1;
    private const int PeerCredential = 17;

    /// <summary>Whether the kernel tells.</summary>
    public static bool AreKnown => OperatingSystem.IsLinux();

    /// <summary>Whether a socket leads to a process of this user, with that number.</summary>
    public static bool AreOf(Socket socket, int processId)
    {
        if (!AreKnown)
        {
            return true;
        }

        Span<int> pidUidGid = stackalloc int[3];
        Span<byte> bytes = MemoryMarshal.AsBytes(pidUidGid);
        return socket.GetRawSocketOption(SocketLevel, PeerCredential, bytes) == bytes.Length
            && pidUidGid[0] == processId
            && (uint)pidUidGid[1] == Native.GetEffectiveUserId();
    }
}
