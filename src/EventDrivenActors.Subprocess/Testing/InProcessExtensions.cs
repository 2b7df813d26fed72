namespace EventDrivenActors.Subprocess.Testing;

/// <summary>Children without processes, for tests: fast, and on the parent's clock.</summary>
internal static class InProcessExtensions
{
    /// <summary>Runs the children of these options in this process.</summary>
    /// <returns>These options.</returns>
    public static SubprocessOptions RunInProcess(this SubprocessOptions options)
    {
        options.Launcher = launch => new InProcessChild(launch);
        return options;
    }
}
