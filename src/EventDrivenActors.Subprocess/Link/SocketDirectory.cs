using System.Security.Cryptography;
using System.Text;
using EventDrivenActors.Subprocess.Launching;

namespace EventDrivenActors.Subprocess.Link;

/// <summary>A fresh directory that only this user can enter, with room for one socket; removed with all that is in it.</summary>
internal sealed class SocketDirectory : IDisposable
{
    private const int LongestSocketPath = 107;
    private const UnixFileMode OnlyOwner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private SocketDirectory(string path, string socketPath)
    {
        DirectoryPath = path;
        SocketPath = socketPath;
    }

    public string DirectoryPath { get; }

    public string SocketPath { get; }

    /// <summary>Makes the directory under the user's temporary path, or under /tmp where that is too long for a socket.</summary>
    /// <exception cref="ChildStartException">Neither can be used.</exception>
    public static SocketDirectory Create(string? root = null)
    {
        root ??= Path.GetTempPath();
        var name = $"eda-{Environment.ProcessId}-" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(12));
        var socket = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
        if (!Fits(Path.Combine(root, name, socket)) && !OperatingSystem.IsWindows())
            root = "/tmp";
        var path = Path.Combine(root, name);
        if (!Fits(Path.Combine(path, socket)))
            throw new ChildStartException(
                $"The socket path '{Path.Combine(path, socket)}' is longer than the '{LongestSocketPath}' bytes that a socket can have; set TMPDIR to a shorter path.");
        try
        {
            if (OperatingSystem.IsWindows())
                Directory.CreateDirectory(path);
            else
                Directory.CreateDirectory(path, OnlyOwner);
        }
        catch (Exception reason) when (reason is IOException or UnauthorizedAccessException)
        {
            throw new ChildStartException($"The directory '{path}' for a child's socket cannot be made: {reason.Message}; set TMPDIR to a directory that can be written.", null, reason);
        }
        return new SocketDirectory(path, Path.Combine(path, socket));
    }

    public void Dispose()
    {
        try
        {
            Directory.Delete(DirectoryPath, recursive: true);
        }
        catch (DirectoryNotFoundException)
        {
            // It was removed before, and that is all that is wanted.
        }
    }

    private static bool Fits(string path) => Encoding.UTF8.GetByteCount(path) <= LongestSocketPath;
}
