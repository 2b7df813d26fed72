using System.Diagnostics;

namespace EventDrivenActors.Simulation.Planted;

/// <summary>A copy of the sources in a temporary folder, with what it takes to build the simulator.</summary>
internal sealed class SourceCopy : IDisposable
{
    private const string Simulator = "tests/EventDrivenActors.Simulation";
    private static readonly string[] Folders = ["src", "hocon", Simulator];
    private static readonly string[] LeftOut = ["bin", "obj"];
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("simulation-planted-");

    public SourceCopy()
    {
        foreach (
            string file in Directory
                .EnumerateFiles(Root)
                .Where(file => Path.GetExtension(file) != ".sln")
                .Append(Path.Combine(Root, "tests/Directory.Build.props"))
        )
        {
            Copy(Path.GetRelativePath(Root, file));
        }

        foreach (string folder in Folders)
        {
            CopyFolder(folder);
        }
    }

    /// <summary>The folder of the repository that this program was built from.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The folder of the patches.</summary>
    public static string Patches => Path.Combine(Root, Simulator, "Planted");

    /// <summary>The folder of the patches that 20,000 programs have not found yet.</summary>
    public static string UnmetPatches => Path.Combine(Patches, "Unmet");

    public string Folder => _folder.FullName;

    /// <summary>Puts files back as they are in the repository.</summary>
    public void Restore(IEnumerable<string> files)
    {
        foreach (string file in files)
        {
            Copy(file);
        }
    }

    /// <summary>Builds the simulator of the copy.</summary>
    /// <returns>Null if it succeeds, else the messages of the compiler.</returns>
    public string? Build()
    {
        ProcessStartInfo start = new(
            "dotnet",
            [
                "build",
                "-c",
                "Release",
                "-v",
                "q",
                "--nologo",
                "-nodereuse:false",
                "-p:GenerateDocumentationFile=false",
                "-p:TreatWarningsAsErrors=false",
                "-p:RunAnalyzers=false",
                Path.Combine(Folder, Simulator),
            ]
        )
        {
            RedirectStandardOutput = true,
        };
        using Process process = Process.Start(start)!;
        string said = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? null
            : string.Join(
                '\n',
                said.Split('\n').Where(line => line.Contains("error", StringComparison.Ordinal)).Distinct().Take(5)
            );
    }

    /// <summary>Starts the simulator of the copy.</summary>
    public Process Start(params string[] arguments)
    {
        string program = Path.Combine(Folder, Simulator, "bin/Release/net10.0/EventDrivenActors.Simulation.dll");
        return Process.Start(
            new ProcessStartInfo("dotnet", [program, .. arguments]) { RedirectStandardOutput = true }
        )!;
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static string FindRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "EventDrivenActors.sln")))
            {
                return folder.FullName;
            }
        }

        return Directory.GetCurrentDirectory();
    }

    private void CopyFolder(string folder)
    {
        foreach (string file in Directory.EnumerateFiles(Path.Combine(Root, folder)))
        {
            Copy(Path.GetRelativePath(Root, file));
        }

        foreach (
            string inner in Directory
                .EnumerateDirectories(Path.Combine(Root, folder))
                .Where(inner => !LeftOut.Contains(Path.GetFileName(inner)))
        )
        {
            CopyFolder(Path.GetRelativePath(Root, inner));
        }
    }

    private void Copy(string file)
    {
        string to = Path.Combine(Folder, file);
        Directory.CreateDirectory(Path.GetDirectoryName(to)!);
        // Written anew, so that the next build sees that it has changed.
        File.WriteAllBytes(to, File.ReadAllBytes(Path.Combine(Root, file)));
    }
}
