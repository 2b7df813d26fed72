namespace EventDrivenActors.Subprocess.Launching;

/// <summary>How to start a child: a program, its arguments, and what is changed in the environment it inherits.</summary>
/// <param name="FileName">An absolute path.</param>
/// <param name="Arguments">Passed one by one, never through a shell.</param>
/// <param name="Environment">Variables to set.</param>
internal sealed record LaunchPlan(string FileName, IReadOnlyList<string> Arguments, IReadOnlyDictionary<string, string> Environment)
{
    /// <summary>Variables that the user has chosen; null takes one away.</summary>
    public IReadOnlyDictionary<string, string?> Chosen { get; init; } = new Dictionary<string, string?>();

    private const string DepsSuffix = ".deps.json";
    private const string RuntimeSuffix = ".runtimeconfig.json";

    /// <summary>The plan for this process.</summary>
    /// <exception cref="ChildStartException">No way to start a child was found; the message says what is missing.</exception>
    public static LaunchPlan ForThisProcess() => For(LaunchFacts.Current());

    /// <summary>The muxer with the application's own deps file and our library as entry; else the application again, with our library as start-up hook.</summary>
    /// <exception cref="ChildStartException">Neither is possible.</exception>
    public static LaunchPlan For(LaunchFacts facts) =>
        ByMuxer(facts) ?? ByStartupHook(facts) ?? throw new ChildStartException(
            $"A child process cannot be started from '{facts.ProcessPath}': the deps file '{FirstDepsFile(facts)}' with its '{RuntimeSuffix}' beside it, "
            + "or the path of the running executable, is missing; keep these files beside the application.");

    private static LaunchPlan? ByMuxer(LaunchFacts facts)
    {
        var deps = FirstDepsFile(facts);
        if (!deps.EndsWith(DepsSuffix, StringComparison.Ordinal) || facts.Library.Length == 0 || Muxer(facts) is not { } muxer)
            return null;
        var runtime = deps[..^DepsSuffix.Length] + RuntimeSuffix;
        return facts.FileExists(deps) && facts.FileExists(runtime)
            ? new LaunchPlan(muxer, ["exec", "--depsfile", deps, "--runtimeconfig", runtime, facts.Library], ChildEnvironment.Defaults)
            : null;
    }

    private static LaunchPlan? ByStartupHook(LaunchFacts facts)
    {
        if (facts.ProcessPath is not { Length: > 0 } path)
            return null;
        string[] arguments = [];
        if (IsMuxer(path))
        {
            if (facts.EntryAssembly.Length == 0)
                return null;
            arguments = [facts.EntryAssembly];
        }
        // A single file has no path for the library, but its host resolves the simple name.
        var hook = facts.Library.Length > 0 ? facts.Library : typeof(LaunchPlan).Assembly.GetName().Name!;
        return new LaunchPlan(path, arguments, new Dictionary<string, string>(ChildEnvironment.Defaults) { [ChildEnvironment.StartupHooks] = hook });
    }

    private static string FirstDepsFile(LaunchFacts facts) =>
        facts.DepsFiles?.Split(';', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault() ?? "";

    private static string? Muxer(LaunchFacts facts)
    {
        if (facts.ProcessPath is { } path && IsMuxer(path))
            return path;
        var root = facts.CoreLibrary;
        for (var up = 0; up < 4 && !string.IsNullOrEmpty(root); up++)
            root = Path.GetDirectoryName(root);
        if (string.IsNullOrEmpty(root))
            return null;
        var muxer = Path.Combine(root, OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet");
        return facts.FileExists(muxer) ? muxer : null;
    }

    private static bool IsMuxer(string path) => Path.GetFileNameWithoutExtension(path) == "dotnet";
}
