using System.Configuration;
using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Runtime;
using System.Runtime.Loader;
using System.Text.RegularExpressions;

/// <summary>
/// What a process has that it may have of another one. The application changes all of it, and says what a handler in
/// process and one in a child sees.
/// </summary>
internal static class Place
{
    private static readonly (string Thing, Func<string> Read)[] Things =
    [
        ("arguments", () => string.Join(' ', Environment.GetCommandLineArgs()[1..])),
        ("assembly resolvers", Resolved),
        ("background garbage collection", () => $"{GC.GetConfigurationVariables()["ConcurrentGC"]}"),
        ("base directory", () => AppContext.BaseDirectory),
        ("configuration file", () => ConfigurationManager.AppSettings["place"] ?? "none"),
        ("console encoding", () => Console.OutputEncoding.WebName),
        (
            "culture",
            () =>
                $"{1234.5:N2} {CultureInfo.CurrentCulture.DateTimeFormat.FirstDayOfWeek} "
                + $"{CultureInfo.CurrentCulture.DateTimeFormat.GetMonthName(1)} {CultureInfo.CurrentCulture} "
                + $"{CultureInfo.CurrentUICulture}"
        ),
        ("entry assembly", () => $"{Assembly.GetEntryAssembly()}"),
        (
            "environment",
            () =>
                $"{Environment.GetEnvironmentVariable("PLACE")} {Environment.GetEnvironmentVariable("HOME")} "
                + $"{Environment.GetEnvironmentVariable("TMPDIR")}"
        ),
        (
            "environment of tools",
            () =>
                Environment.GetEnvironmentVariable("DOTNET_DiagnosticPorts")
                + Environment.GetEnvironmentVariable("LD_AUDIT")
        ),
        (
            "invariant globalization",
            () =>
                $"{AppContext.GetData("System.Globalization.Invariant") ?? "unset"} "
                + $"{CultureInfo.GetCultureInfo("de-DE").NumberFormat.NumberDecimalSeparator}"
        ),
        ("priority", () => string.Join(' ', Directory.GetDirectories("/proc/self/task").Select(NiceOf).Distinct())),
        ("regular expression time-out", () => $"{new Regex("a").MatchTimeout}"),
        (
            "resource limits",
            () =>
                File.ReadLines("/proc/self/limits")
                    .First(line => line.StartsWith("Max open files", StringComparison.Ordinal))
        ),
        ("runtime configuration", () => $"{AppContext.GetData("System.Threading.ThreadPool.ThreadTimeoutMs")}"),
        ("server garbage collection", () => $"{GCSettings.IsServerGC}"),
        ("session and process group", () => StatOf("/proc/self", 5)),
        ("standard input", () => $"{Console.In.Peek()}"),
        (
            "standard output and error",
            () => $"{new FileInfo("/proc/self/fd/1").LinkTarget} {new FileInfo("/proc/self/fd/2").LinkTarget}"
        ),
        ("state that code has set", () => $"{_state} {Trace.Listeners.Count} {Console.Out.GetType().Name}"),
        (
            "switches",
            () =>
                $"{AppContext.TryGetSwitch("Place.On", out bool on) && on} "
                + $"{AppContext.TryGetSwitch("Place.Off", out bool off) && !off}"
        ),
        ("thread pool", ThreadsOf),
        (
            "time zone",
            () => $"{TimeZoneInfo.Local.Id} {new DateTime(2026, 7, 1, 12, 0, 0, DateTimeKind.Utc).ToLocalTime():HH:mm}"
        ),
        (
            "umask",
            () => File.ReadLines("/proc/self/status").First(line => line.StartsWith("Umask", StringComparison.Ordinal))
        ),
        ("working directory", () => Environment.CurrentDirectory),
    ];

    private static string _state = "fresh";
    private static string _asked = "none";

    /// <summary>All that is to be told apart, by name.</summary>
    public static IEnumerable<string> Names => Things.Select(thing => thing.Thing);

    /// <summary>What this process has.</summary>
    public static string Read(string name) => Things.Single(thing => thing.Thing == name).Read();

    /// <summary>Changes all that code can change.</summary>
    public static void Change()
    {
        CultureInfo french = new("fr-FR");
        french.NumberFormat.NumberGroupSeparator = "'";
        french.DateTimeFormat.FirstDayOfWeek = DayOfWeek.Wednesday;
        french.DateTimeFormat.MonthNames = ["one", .. french.DateTimeFormat.MonthNames[1..]];
        CultureInfo.DefaultThreadCurrentCulture = french;
        CultureInfo.DefaultThreadCurrentUICulture = new CultureInfo("it-IT");
        CultureInfo.CurrentCulture = new CultureInfo("es-ES");
        _ = TimeZoneInfo.Local;
        Environment.SetEnvironmentVariable("TZ", "America/New_York");
        Environment.SetEnvironmentVariable("PLACE", "set by code");
        Environment.CurrentDirectory = Path.GetTempPath();
        AppContext.SetSwitch("Place.On", true);
        AppContext.SetSwitch("Place.Off", false);
        AppContext.SetData("REGEX_DEFAULT_MATCH_TIMEOUT", TimeSpan.FromSeconds(7));
        ThreadPool.SetMinThreads(11, 12);
        ThreadPool.SetMaxThreads(111, 112);
        Trace.Listeners.Add(new ConsoleTraceListener());
        AssemblyLoadContext.Default.Resolving += (_, _) =>
        {
            _asked = "asked";
            return null;
        };
        _state = "changed";
    }

    private static string Resolved()
    {
        try
        {
            Assembly.Load("Place.Missing");
            return _asked;
        }
        catch (FileNotFoundException)
        {
            return _asked;
        }
    }

    private static string ThreadsOf()
    {
        ThreadPool.GetMinThreads(out int workers, out int completions);
        ThreadPool.GetMaxThreads(out int mostWorkers, out int mostCompletions);
        return $"{workers} {completions} {mostWorkers} {mostCompletions}";
    }

    private static string NiceOf(string folder) => StatOf(folder, 18);

    private static string StatOf(string folder, int field)
    {
        string stat = File.ReadAllText(Path.Combine(folder, "stat"));
        return stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[field - 2];
    }
}
