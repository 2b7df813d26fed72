using System.Net.Sockets;
using EventDrivenActors.Subprocess.Connecting;
using EventDrivenActors.Subprocess.Launching;
using EventDrivenActors.Subprocess.Transport;

namespace EventDrivenActors.Subprocess.Tests.Testing;

/// <summary>
/// A child of this process whose link goes through a relay, which cuts it after so many bytes of one direction.
/// </summary>
/// <param name="child">The child.</param>
/// <param name="toParent">After how many bytes of what the child says.</param>
/// <param name="toChild">After how many bytes of what the child is told.</param>
internal sealed class CutRelay(IChildProcess child, long toParent = long.MaxValue, long toChild = long.MaxValue)
    : IChildProcess
{
    private readonly SocketDirectory _directory = SocketDirectory.Create();
    private readonly Socket _listener = New();
    private Socket? _inner;
    private Socket? _outer;
    private long _said;
    private long _told;
    private int _cut;

    public int ProcessId => child.ProcessId;

    public Task<ChildExit> Exited => child.Exited;

    /// <summary>How many bytes the child has said.</summary>
    public long Said => Volatile.Read(ref _said);

    /// <summary>How many bytes the child was told.</summary>
    public long Told => Volatile.Read(ref _told);

    public bool WasCut => Volatile.Read(ref _cut) != 0;

    public Task SendStartAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
    {
        StartMessage start = StartMessage.Decode(message.ToArray());
        _listener.Bind(new UnixDomainSocketEndPoint(_directory.SocketPath));
        _listener.Listen(1);
        Begin("relay", () => Relay(start.SocketPath));
        return child.SendStartAsync((start with { SocketPath = _directory.SocketPath }).Encode(), cancellationToken);
    }

    public void Terminate() => child.Terminate();

    public void Kill() => child.Kill();

    public async ValueTask DisposeAsync()
    {
        await child.DisposeAsync();
        End();
        _directory.Dispose();
    }

    private void Relay(string parent)
    {
        _inner = _listener.Accept();
        _outer = New();
        _outer.Connect(new UnixDomainSocketEndPoint(parent));
        Begin("relay-back", () => Carry(_outer, _inner, toChild, ref _told));
        Carry(_inner, _outer, toParent, ref _said);
    }

    private void Carry(Socket from, Socket to, long most, ref long carried)
    {
        byte[] buffer = new byte[64 * 1024];
        while (carried < most)
        {
            int count = from.Receive(buffer, 0, (int)Math.Min(buffer.Length, most - carried), SocketFlags.None);
            if (count == 0)
            {
                End();
                return;
            }

            for (int sent = 0; sent < count;)
            {
                sent += to.Send(buffer, sent, count - sent, SocketFlags.None);
            }

            Volatile.Write(ref carried, carried + count);
        }

        Volatile.Write(ref _cut, 1);
        End();
    }

    private void End()
    {
        _listener.Dispose();
        _inner?.Dispose();
        _outer?.Dispose();
    }

    private static Socket New() => new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);

    private static void Begin(string name, Action run) =>
        new Thread(() =>
        {
            try
            {
                run();
            }
            catch (Exception over) when (over is SocketException or ObjectDisposedException)
            {
                // One end or the other is gone.
            }
        })
        {
            IsBackground = true,
            Name = name,
        }.Start();
}
