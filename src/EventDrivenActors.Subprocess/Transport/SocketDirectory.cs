using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using EventDrivenActors.Subprocess.Launching;

namespace EventDrivenActors.Subprocess.Transport;

/// <summary>A fresh directory that only this user can enter, with room for one socket; removed with it.</summary>
internal sealed class SocketDirectory : IDisposable
{
    private const int LongestSocketPath = 107;
    private const uint OnlyOwner = 0b111_000_000;

    private SocketDirectory(string path, string socketPath)
    {
        DirectoryPath = path;
        SocketPath = socketPath;
        ProcessGuard.OfProcess.AddSocket(socketPath);
    }

    /// <summary>Tells whose folder it is, also after this process has ended.</summary>
    private static string Owner { get; } =
        StaleFolders.NameOf(Environment.ProcessId, ProcessStamp.StartOf(Environment.ProcessId), ProcessStamp.Place);

    public string DirectoryPath { get; }

    public string SocketPath { get; }

    /// <summary>
    /// Makes the directory under the user's temporary path, or under /tmp where that is too long for a socket.
    /// </summary>
    /// <exception cref="ChildStartException">Neither can be used.</exception>
    public static SocketDirectory Create(string? root = null)
    {
        root = Path.GetFullPath(root ?? Path.GetTempPath());
        string name = $"{Owner}-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8))}";
        string socket = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
        if (!Fits(Path.Combine(root, name, socket)) && !OperatingSystem.IsWindows())
        {
            root = "/tmp";
        }

        string path = Path.Combine(root, name);
        if (!Fits(Path.Combine(path, socket)))
        {
            throw new ChildStartException(
                $"The socket path '{Path.Combine(path, socket)}' is longer than the '{LongestSocketPath}' bytes that "
                    + "a socket can have; set TMPDIR to a shorter path."
            );
        }

        Make(path, root);
        return new SocketDirectory(path, Path.Combine(path, socket));
    }

    /// <summary>Completes when the folders that ended parents left beside it are gone.</summary>
    public Task SweepAsync() => StaleFolders.SweepOnceAsync(Path.GetDirectoryName(DirectoryPath)!);

    public void Dispose()
    {
        RemoveOf(SocketPath);
        ProcessGuard.OfProcess.RemoveSocket(SocketPath);
    }

    /// <summary>Removes a socket with what else is in its directory, and that, if they are there.</summary>
    /// <remarks>
    /// By their names: looking into the directory would take a descriptor, and there may be none left.
    /// </remarks>
    public static void RemoveOf(string socketPath)
    {
        try
        {
            string directory = Path.GetDirectoryName(socketPath)!;
            if (!Directory.Exists(directory))
            {
                return;
            }

            File.Delete(socketPath);
            File.Delete(StartPage.FileOf(socketPath));
            Directory.Delete(directory);
        }
        catch (Exception reason) when (reason is IOException or UnauthorizedAccessException)
        {
            // It was removed before, or cannot be removed any more: the next child gets its own folder in any case.
        }
    }

    /// <summary>Neither makes parent directories, nor uses an existing one.</summary>
    private static void Make(string path, string root)
    {
        string? reason = null;
        if (!OperatingSystem.IsWindows())
        {
            if (Native.MakeDirectory(path, OnlyOwner) != 0)
            {
                reason = Marshal.GetLastPInvokeErrorMessage();
            }
        }
        else if (!Directory.Exists(root))
        {
            reason = "The system cannot find the path specified";
        }
        else
        {
            Directory.CreateDirectory(path);
        }
        if (reason is not null)
        {
            throw new ChildStartException(
                $"The directory for a child's socket cannot be made in '{root}': {reason}; set TMPDIR to a directory "
                    + "that can be written."
            );
        }
    }

    private static bool Fits(string path) => Encoding.UTF8.GetByteCount(path) <= LongestSocketPath;
}
