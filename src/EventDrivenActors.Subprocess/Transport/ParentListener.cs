using System.Net.Sockets;
using EventDrivenActors.Subprocess.Launching;

namespace EventDrivenActors.Subprocess.Transport;

/// <summary>
/// Listens for exactly one child, in a directory of its own that is gone as soon as the child is connected.
/// </summary>
internal sealed class ParentListener : IDisposable
{
    private readonly SocketDirectory _directory;
    private readonly Socket _socket;

    /// <param name="root">Where the directory is made; null for the user's temporary path.</param>
    /// <exception cref="ChildStartException">The directory or the socket cannot be made; nothing of them is
    /// left.</exception>
    public ParentListener(string? root = null)
    {
        _directory = SocketDirectory.Create(root);
        try
        {
            _socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            _socket.Bind(new UnixDomainSocketEndPoint(_directory.SocketPath));
            _socket.Listen(1);
        }
        catch (SocketException reason)
        {
            _socket?.Dispose();
            _directory.Dispose();
            throw new ChildStartException(
                $"A child's socket cannot be made in '{_directory.DirectoryPath}': {reason.Message}; free its disk or "
                    + "set TMPDIR to another, and raise the limit of open files if that is reached.",
                null,
                reason
            );
        }
    }

    public string SocketPath => _directory.SocketPath;

    /// <inheritdoc cref="SocketDirectory.SweepAsync"/>
    public Task SweepAsync() => _directory.SweepAsync();

    /// <summary>Accepts the process with that number; others are turned away. Nobody can connect afterwards.</summary>
    public async Task<Socket> AcceptAsync(int processId, CancellationToken cancellationToken)
    {
        while (true)
        {
            Socket accepted = await _socket.AcceptAsync(cancellationToken).ConfigureAwait(false);
            if (PeerCredentials.AreOf(accepted, processId))
            {
                Dispose();
                return accepted;
            }
            accepted.Dispose();
        }
    }

    public void Dispose()
    {
        _socket.Dispose();
        _directory.Dispose();
    }
}
