using System.Reflection;
using System.Runtime.CompilerServices;

namespace EventDrivenActors.Subprocess.Launching;

/// <summary>The facts about this process that decide how its child can be started.</summary>
/// <param name="ProcessPath">The running executable: the muxer, an app host, a single file.</param>
/// <param name="DepsFiles">The files of the host's <c>APP_CONTEXT_DEPS_FILES</c>, the application's own first.</param>
/// <param name="CoreLibrary">The path of the core library; empty in a single file.</param>
/// <param name="EntryAssembly">The path of the application's assembly; empty in a single file.</param>
/// <param name="Library">The path of this library; empty in a single file.</param>
/// <param name="FileExists">Whether a file is there.</param>
internal sealed record LaunchFacts(
    string? ProcessPath,
    string? DepsFiles,
    string CoreLibrary,
    string EntryAssembly,
    string Library,
    Func<string, bool> FileExists
)
{
    private const string MainAsked = "EventDrivenActors.Subprocess.MainRunsChildren";

    /// <summary>Whether the runtime runs start-up hooks; trimming switches them off.</summary>
    public bool HooksRun { get; init; } = true;

    /// <summary>Whether the application was compiled to native code, without a runtime that loads assemblies.</summary>
    public bool IsNative { get; init; }

    /// <summary>Whether the application's Main has asked if it is a child.</summary>
    public bool MainRunsChildren { get; init; }

    /// <summary>Whether this process was started as a child but runs the application's Main.</summary>
    public bool IsStrayChild { get; init; }

    /// <summary>The facts of the running process.</summary>
    public static LaunchFacts Current() =>
        new(
            Environment.ProcessPath,
            AppContext.GetData("APP_CONTEXT_DEPS_FILES") as string,
            PathOf(typeof(object).Assembly),
            Assembly.GetEntryAssembly() is { } entry ? PathOf(entry) : "",
            PathOf(typeof(LaunchFacts).Assembly),
            File.Exists
        )
        {
            HooksRun =
                !AppContext.TryGetSwitch("System.StartupHookProvider.IsSupported", out bool supported) || supported,
            IsNative = !RuntimeFeature.IsDynamicCodeSupported && PathOf(typeof(object).Assembly).Length == 0,
            MainRunsChildren = AppContext.GetData(MainAsked) is not null,
            IsStrayChild = Environment.GetEnvironmentVariable(ChildEnvironment.Marker) is not null,
        };

    /// <summary>
    /// Notes for <see cref="Current"/> that the application's Main asks. Known to the whole process, as the host's own
    /// facts are.
    /// </summary>
    public static void NoteMainAsked() => AppContext.SetData(MainAsked, true);

    [System.Diagnostics.CodeAnalysis.UnconditionalSuppressMessage(
        "SingleFile",
        "IL3000",
        Justification = "Empty is expected in a single file."
    )]
    private static string PathOf(Assembly assembly) => assembly.Location;
}
