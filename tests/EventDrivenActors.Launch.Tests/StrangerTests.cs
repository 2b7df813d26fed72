using System.Net.Sockets;
using EventDrivenActors.Subprocess.Transport;
using EventDrivenActors.TestSupport;

namespace EventDrivenActors.Launch.Tests;

/// <summary>Somebody else comes to the socket of a child.</summary>
public sealed class StrangerTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("launch-stranger-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task OtherUser_CannotReachTheSocket()
    {
        Assert.True(Sandbox.IsRoot, "Only root can start a program as another user; run the tests as root.");
        foreach (string file in Directory.EnumerateFiles(LaunchApp.Folder))
        {
            File.Copy(file, Path.Combine(_folder.FullName, Path.GetFileName(file)));
        }

        File.SetUnixFileMode(
            _folder.FullName,
            UnixFileMode.UserRead
                | UnixFileMode.UserWrite
                | UnixFileMode.UserExecute
                | UnixFileMode.OtherRead
                | UnixFileMode.OtherExecute
        );
        using ParentListener listener = new();
        await using LaunchApp stranger = LaunchApp.Run(
            LaunchApp.Dotnet,
            [Path.Combine(_folder.FullName, "EventDrivenActors.LaunchApp.dll"), "connect", listener.SocketPath],
            start =>
            {
                start.UserName = Sandbox.Stranger;
                start.WorkingDirectory = "/";
            }
        );

        Assert.Equal([$"refused {nameof(SocketError.AccessDenied)}"], await stranger.EndAsync());
    }

    [Fact]
    public async Task OtherProcess_ThatIsFirst_IsTurnedAwayAndTheChildIsAccepted()
    {
        using ParentListener listener = new();
        Task<Socket> accepting = listener.AcceptAsync(Environment.ProcessId, CancellationToken.None);
        await using LaunchApp stranger = LaunchApp.Start(["connect", listener.SocketPath]);
        Assert.Equal(["connected"], await stranger.EndAsync());
        Assert.False(accepting.IsCompleted);

        using Socket child = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await child.ConnectAsync(new UnixDomainSocketEndPoint(listener.SocketPath));

        using Socket accepted = await accepting.Guarded();
        Assert.True(accepted.Connected);
    }
}
