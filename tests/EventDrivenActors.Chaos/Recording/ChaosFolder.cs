namespace EventDrivenActors.Chaos.Recording;

/// <summary>
/// A fresh folder for the children's notes, and for the sockets of this process: whoever looks for leftovers sees its
/// own only.
/// </summary>
internal sealed class ChaosFolder : IDisposable
{
    private const string TemporaryFolder = "TMPDIR";
    private readonly string? _before = Environment.GetEnvironmentVariable(TemporaryFolder);
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("chaos-");

    public ChaosFolder()
    {
        Notes = _root.CreateSubdirectory("notes").FullName;
        Environment.SetEnvironmentVariable(TemporaryFolder, _root.CreateSubdirectory("tmp").FullName);
    }

    /// <summary>Where the children note.</summary>
    public string Notes { get; }

    /// <summary>The socket folders that are there now.</summary>
    public IReadOnlyList<string> SocketFolders =>
        [.. Directory.EnumerateDirectories(Path.Combine(_root.FullName, "tmp"), "eda-*")];

    /// <summary>Forgets what was noted.</summary>
    public void ClearNotes() => Array.ForEach(Directory.GetFiles(Notes), File.Delete);

    public void Dispose()
    {
        Environment.SetEnvironmentVariable(TemporaryFolder, _before);
        _root.Delete(recursive: true);
    }
}
