namespace EventDrivenActors.TestSupport;

/// <summary>The working copy that the running test was built from.</summary>
public static class Repository
{
    /// <summary>The folder of EventDrivenActors.sln, found by walking up from the test's assembly.</summary>
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    /// <summary>An absolute path from one that is relative to <see cref="Root"/> and written with slashes.</summary>
    public static string PathOf(string relative) =>
        Path.Combine(Root, relative.Replace('/', Path.DirectorySeparatorChar));

    /// <summary>A path relative to <see cref="Root"/>, written with slashes.</summary>
    public static string Relative(string path) =>
        Path.GetRelativePath(Root, path).Replace(Path.DirectorySeparatorChar, '/');

    /// <summary>
    /// All files below a folder of the repository that match, without build output, in ordinal order; none when the
    /// folder is not there.
    /// </summary>
    public static IReadOnlyList<string> Files(string folder, string pattern)
    {
        string start = PathOf(folder);
        return !Directory.Exists(start)
            ? []
            : Directory
                .EnumerateFiles(start, pattern, SearchOption.AllDirectories)
                .Where(path => !Relative(path).Split('/').Any(part => part is "bin" or "obj" or "TestResults"))
                .Order(StringComparer.Ordinal)
                .ToList();
    }

    private static string Find(string start)
    {
        for (DirectoryInfo? folder = new(start); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "EventDrivenActors.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException(
            $"No folder above '{start}' holds EventDrivenActors.sln; run the tests from a working copy."
        );
    }
}
