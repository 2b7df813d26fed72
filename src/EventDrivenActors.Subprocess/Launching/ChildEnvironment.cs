namespace EventDrivenActors.Subprocess.Launching;

/// <summary>Which variables of the parent's environment a child does not inherit, and what it gets instead.</summary>
internal static class ChildEnvironment
{
    public const string StartupHooks = "DOTNET_STARTUP_HOOKS";

    /// <summary>Tells an application that is started again that it is a child; nothing secret.</summary>
    public const string Marker = "EVENT_DRIVEN_ACTORS_CHILD";

    private const string TimeZone = "TZ";

    /// <summary>
    /// Prefixes of variables that are meant for one process: for tools that are loaded into it, wait for it, or write
    /// to a file of its own.
    /// </summary>
    internal static IReadOnlyList<string> Stripped { get; } =
    [
        StartupHooks,
        "DOTNET_ADDITIONAL_DEPS",
        "DOTNET_SHARED_STORE",
        "DOTNET_DiagnosticPorts",
        "DOTNET_DefaultDiagnosticPortSuspend",
        "DOTNET_EnableEventPipe",
        "DOTNET_EventPipe",
        "DOTNET_HOST_TRACE",
        "COREHOST_TRACE",
        "COMPlus_DiagnosticPorts",
        "COMPlus_DefaultDiagnosticPortSuspend",
        "COMPlus_EnableEventPipe",
        "COMPlus_EventPipe",
        "CORECLR_PROFILER",
        "CORECLR_ENABLE_PROFILING",
        "CORECLR_NOTIFICATION_PROFILERS",
        "CORECLR_ENABLE_NOTIFICATION_PROFILERS",
        "COR_PROFILER",
        "COR_ENABLE_PROFILING",
        "MicrosoftInstrumentationEngine_",
        "LD_PRELOAD",
        "LD_AUDIT",
        "LD_DEBUG",
        "LD_PROFILE",
        "LD_SHOW_AUXV",
        "LD_TRACE_LOADED_OBJECTS",
        "LD_VERBOSE",
        "DYLD_INSERT_LIBRARIES",
        "DYLD_PRINT_",
        "VSTEST_",
        "TESTINGPLATFORM_",
        Marker,
    ];

    /// <summary>
    /// The variables that a child gets unless the user has set them: a worker has its cores for itself, and a
    /// background collector costs it throughput.
    /// </summary>
    /// <remarks>
    /// Threads of its pool that have run out of work stop looking for more after 16 tries instead of 70, because they
    /// take processor time from handlers and from the parent.
    /// </remarks>
    public static IReadOnlyDictionary<string, string> Defaults { get; } =
        new Dictionary<string, string>
        {
            ["DOTNET_gcConcurrent"] = "0",
            ["DOTNET_ThreadPool_UnfairSemaphoreSpinLimit"] = "10",
        };

    /// <summary>
    /// Changes an inherited environment into that of a child: the user's choices win, except for the hook by which the
    /// child starts.
    /// </summary>
    public static void Apply(IDictionary<string, string?> environment, LaunchPlan plan)
    {
        foreach (string? name in environment.Keys.Where(IsStripped).ToArray())
        {
            environment.Remove(name);
        }

        foreach ((string? name, string? value) in plan.Environment)
        {
            environment.TryAdd(name, value);
        }
        // The time zone that this process uses, even if the variable has changed since.
        if (
            StartVariables.HaveChanged(TimeZone) && TimeZoneInfo.TryFindSystemTimeZoneById(TimeZoneInfo.Local.Id, out _)
        )
        {
            environment[TimeZone] = TimeZoneInfo.Local.Id;
        }

        foreach (
            (string? name, string? value) in plan.Placement.Environment.Where(chosen =>
                chosen.Key != StartupHooks || !plan.Environment.ContainsKey(StartupHooks)
            )
        )
        {
            if (value is null)
            {
                environment.Remove(name);
            }
            else
            {
                environment[name] = value;
            }
        }
    }

    /// <summary>
    /// Whether this process was started as a child. Asked once, because processes that the child starts are no children
    /// of ours.
    /// </summary>
    public static bool TakeMarker()
    {
        if (Environment.GetEnvironmentVariable(Marker) is null)
        {
            return false;
        }

        Environment.SetEnvironmentVariable(Marker, null);
        Environment.SetEnvironmentVariable(StartupHooks, null);
        return true;
    }

    private static bool IsStripped(string name) =>
        Stripped.Any(start => name.StartsWith(start, StringComparison.OrdinalIgnoreCase));
}
