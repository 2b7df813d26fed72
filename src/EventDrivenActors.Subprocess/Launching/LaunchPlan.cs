namespace EventDrivenActors.Subprocess.Launching;

/// <summary>
/// How to start a child: a program, its arguments, and what is changed in the environment it inherits.
/// </summary>
/// <param name="FileName">An absolute path.</param>
/// <param name="Arguments">Passed one by one, never through a shell.</param>
/// <param name="Environment">Variables to set.</param>
internal sealed record LaunchPlan(
    string FileName,
    IReadOnlyList<string> Arguments,
    IReadOnlyDictionary<string, string> Environment
)
{
    /// <summary>The arguments of the application, which its child gets after those by which it starts.</summary>
    public IReadOnlyList<string> OwnArguments { get; init; } = [];

    /// <summary>The user's choices.</summary>
    public ChildPlacement Placement { get; init; } = new();

    private const string DepsSuffix = ".deps.json";
    private const string RuntimeSuffix = ".runtimeconfig.json";
    private const string Line = "'if (await ChildProcessHost.RunIfChildAsync()) return;'";

    /// <summary>The plan for this process.</summary>
    /// <exception cref="ChildStartException">No way to start a child was found; the message says what is
    /// missing.</exception>
    public static LaunchPlan ForThisProcess() =>
        For(LaunchFacts.Current()) with
        {
            OwnArguments = System.Environment.GetCommandLineArgs()[1..],
        };

    /// <summary>
    /// The muxer with the application's own deps file and our library as entry; otherwise the application again, which
    /// its Main or a start-up hook turns into a child.
    /// </summary>
    /// <exception cref="ChildStartException">Neither is possible.</exception>
    public static LaunchPlan For(LaunchFacts facts)
    {
        if (facts.IsStrayChild)
        {
            throw Impossible(
                "this process was itself started as a child, and runs the application's Main instead",
                $"put {Line} first in Main"
            );
        }

        if (facts.IsNative)
        {
            throw Impossible(
                "the application was published for native AOT, as a file-based app is unless it says otherwise, and a "
                    + "child finds its handlers by their names",
                "set PublishAot to false, in a file by '#:property PublishAot=false'"
            );
        }

        if (facts.Library.Length > 0 && !facts.FileExists(facts.Library))
        {
            throw Impossible($"the assembly '{facts.Library}' is missing", "deploy it beside the application");
        }

        return ByMuxer(facts) ?? ByApplication(facts);
    }

    private static LaunchPlan? ByMuxer(LaunchFacts facts)
    {
        string deps = FirstDepsFile(facts);
        if (facts.Library.Length == 0 || Muxer(facts) is not { } muxer)
        {
            return null;
        }

        if (!facts.FileExists(muxer))
        {
            throw Impossible($"the .NET host '{muxer}' is missing", "install the runtime again");
        }

        return deps.EndsWith(DepsSuffix, StringComparison.Ordinal) && facts.FileExists(deps)
            ? new LaunchPlan(
                muxer,
                ["exec", "--depsfile", deps, "--runtimeconfig", RuntimeConfig(facts, deps), facts.Library],
                ChildEnvironment.Defaults
            )
            : null;
    }

    private static LaunchPlan ByApplication(LaunchFacts facts)
    {
        if (facts.ProcessPath is not { Length: > 0 } path || (IsMuxer(path) && facts.EntryAssembly.Length == 0))
        {
            throw Impossible(
                $"neither the deps file '{FirstDepsFile(facts)}' nor the path of the application is there",
                "run the application from files"
            );
        }

        if (!facts.FileExists(path))
        {
            throw Impossible($"the application '{path}' is missing", "deploy it again");
        }

        Dictionary<string, string> environment = new Dictionary<string, string>(ChildEnvironment.Defaults)
        {
            [ChildEnvironment.Marker] = "1",
        };
        if (!facts.MainRunsChildren)
        {
            if (!facts.HooksRun)
            {
                throw Impossible(
                    $"the application '{path}' runs no start-up hooks, as when it was trimmed",
                    $"put {Line} first in Main"
                );
            }
            // A single file has no path for the library, but its host resolves the simple name.
            environment[ChildEnvironment.StartupHooks] =
                facts.Library.Length > 0 ? facts.Library : typeof(LaunchPlan).Assembly.GetName().Name!;
        }
        return new LaunchPlan(path, IsMuxer(path) ? [facts.EntryAssembly] : [], environment);
    }

    /// <summary>
    /// The one beside the deps file or the application's assembly: without it nothing runs on a shared runtime.
    /// </summary>
    private static string RuntimeConfig(LaunchFacts facts, string deps)
    {
        string[] places = [Beside(deps, DepsSuffix), Beside(facts.EntryAssembly, ".dll")];
        return places.FirstOrDefault(facts.FileExists)
            ?? throw Impossible(
                $"the runtime configuration '{places[0]}' is missing",
                "deploy it beside the application"
            );
    }

    private static string Beside(string file, string suffix) =>
        file.EndsWith(suffix, StringComparison.Ordinal) ? file[..^suffix.Length] + RuntimeSuffix : "";

    private static string FirstDepsFile(LaunchFacts facts) =>
        facts.DepsFiles?.Split(';', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault() ?? "";

    /// <summary>
    /// The muxer of the shared runtime that this process runs on; null when it brings its own runtime.
    /// </summary>
    private static string? Muxer(LaunchFacts facts)
    {
        if (facts.ProcessPath is { } path && IsMuxer(path))
        {
            return path;
        }

        string? framework = Path.GetDirectoryName(Path.GetDirectoryName(facts.CoreLibrary));
        return
            Path.GetFileName(framework) == "Microsoft.NETCore.App"
            && Path.GetDirectoryName(Path.GetDirectoryName(framework)) is { } root
            ? Path.Combine(root, OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet")
            : null;
    }

    private static bool IsMuxer(string path) => Path.GetFileNameWithoutExtension(path) == "dotnet";

    private static ChildStartException Impossible(string why, string remedy) =>
        new($"A child process cannot be started: {why}; {remedy}.") { MayRetry = false };
}
