using EventDrivenActors.Subprocess.Launching;
using EventDrivenActors.Subprocess.Link;

namespace EventDrivenActors.Launch.Tests;

/// <summary>The folder in which a child's socket is to be made cannot be used, or can no longer.</summary>
public sealed class SocketFolderTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("launch-folder-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Folder_Missing_IsNamedAndNotMade()
    {
        string missing = Path.Combine(_folder.FullName, "not", "there");

        ChildStartException failure = Assert.Throws<ChildStartException>(() => new ChildListener(missing));

        Assert.Contains($"'{missing}'", failure.Message);
        Assert.Contains("set TMPDIR", failure.Message);
        Assert.Empty(_folder.EnumerateFileSystemInfos());
    }

    [Fact]
    public void Folder_ThatIsAFile_IsNamed()
    {
        string file = Path.Combine(_folder.FullName, "file");
        File.WriteAllText(file, "");

        Assert.Contains($"'{file}'", Assert.Throws<ChildStartException>(() => new ChildListener(file)).Message);
    }

    [Fact]
    public void Folder_TooDeepForASocket_IsReplacedByTmp()
    {
        string deep = Path.Combine(_folder.FullName, new string('ü', 60));
        Directory.CreateDirectory(deep);

        using ChildListener listener = new(deep);

        Assert.StartsWith($"/tmp/eda-{Environment.ProcessId}-", listener.SocketPath);
        Assert.True(File.Exists(listener.SocketPath));
    }

    [Fact]
    public void Folder_InUse_BelongsToItsOwnerOnly()
    {
        using ChildListener listener = new(_folder.FullName);

        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Path.GetDirectoryName(listener.SocketPath)!));
    }
}
