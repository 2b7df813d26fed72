using System.Buffers.Binary;
using System.Net.Sockets;
using EventDrivenActors.Benchmarks.Harness;

namespace EventDrivenActors.Benchmarks.PeerProcesses;

/// <summary>The floor: blocking sockets, a length before the bytes, no dispatch, no threads, one at a time.</summary>
internal sealed class RawSocketPeer : IDisposable
{
    private readonly SocketPlace _place;
    private readonly PeerProcess _process;
    private readonly Socket _socket;

    private RawSocketPeer(SocketPlace place, PeerProcess process, Socket socket) =>
        (_place, _process, _socket) = (place, process, socket);

    public static async Task<RawSocketPeer> StartAsync()
    {
        SocketPlace place = new();
        PeerProcess process = PeerProcess.Role(PeerRoles.RawSocket, place.Path);
        await process.ReadAsync().ConfigureAwait(false);
        return new RawSocketPeer(place, process, await place.ConnectAsync().ConfigureAwait(false));
    }

    /// <summary>Sends bytes and waits for them to come back.</summary>
    public Contender PingPong(Course course, int bytes, int? first = null)
    {
        byte[] data = new byte[sizeof(int) + bytes];
        BinaryPrimitives.WriteInt32LittleEndian(data, bytes);
        byte[] answer = new byte[data.Length];
        return Contender.Repeating(
            "raw socket",
            course,
            n =>
                Task.Factory.StartNew(
                    () =>
                    {
                        for (int i = 0; i < n; i++)
                        {
                            _socket.Send(data);
                            Fill(_socket, answer);
                        }
                    },
                    CancellationToken.None,
                    TaskCreationOptions.LongRunning,
                    TaskScheduler.Default
                ),
            first ?? 1000
        );
    }

    public static Task ServeAsync(string path)
    {
        using Socket listener = SocketPlace.Listen(path);
        Console.WriteLine(PeerRoles.Ready);
        using Socket socket = listener.Accept();
        byte[] data = new byte[sizeof(int)];
        while (Fill(socket, data.AsSpan(0, sizeof(int))))
        {
            int length = BinaryPrimitives.ReadInt32LittleEndian(data);
            if (data.Length < length + sizeof(int))
            {
                Array.Resize(ref data, length + sizeof(int));
            }

            Fill(socket, data.AsSpan(sizeof(int), length));
            socket.Send(data.AsSpan(0, sizeof(int) + length));
        }

        return Task.CompletedTask;
    }

    public void Dispose()
    {
        _socket.Dispose();
        _process.Dispose();
        _place.Dispose();
    }

    private static bool Fill(Socket socket, Span<byte> target)
    {
        while (!target.IsEmpty)
        {
            int read = socket.Receive(target);
            if (read == 0)
            {
                return false;
            }

            target = target[read..];
        }

        return true;
    }
}
