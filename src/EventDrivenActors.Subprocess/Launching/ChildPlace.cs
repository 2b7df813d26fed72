using System.Globalization;
using System.Reflection;
using System.Runtime.Loader;
using System.Text;

namespace EventDrivenActors.Subprocess.Launching;

/// <summary>
/// Gives a child's process the settings of its parent's process, before any code of the application runs.
/// </summary>
internal static class ChildPlace
{
    public static void Take(ParentPlace parent)
    {
        if (AppContext.BaseDirectory != parent.BaseDirectory && parent.BaseDirectory.Length > 0)
        {
            AppContext.SetData(ParentPlace.BaseDirectoryKey, parent.BaseDirectory);
        }

        if (parent.ConfigFile.Length > 0)
        {
            AppContext.SetData(ParentPlace.ConfigFileKey, parent.ConfigFile);
        }

        if (parent.RegexTimeout is { } limit)
        {
            AppContext.SetData(ParentPlace.RegexTimeoutKey, limit);
        }

        foreach ((string? name, bool isOn) in parent.Switches)
        {
            AppContext.SetSwitch(name, isOn);
        }

        if (parent.MaxThreads is { } most)
        {
            ThreadPool.SetMaxThreads(most.Workers, most.Completions);
        }

        if (parent.MinThreads is { } least)
        {
            ThreadPool.SetMinThreads(least.Workers, least.Completions);
        }

        if (parent.Culture?.Make() is { } culture)
        {
            CultureInfo.DefaultThreadCurrentCulture = culture;
        }

        if (parent.UICulture?.Make() is { } uiCulture)
        {
            CultureInfo.DefaultThreadCurrentUICulture = uiCulture;
        }

        EnterAs(parent.EntryAssembly.Name, parent.EntryAssembly.Path);
        if (WritesOtherThanUtf8())
        {
            Console.OutputEncoding = new UTF8Encoding(false);
        }
    }

    /// <summary>The parent reads what a child writes as UTF-8.</summary>
    internal static bool WritesOtherThanUtf8()
    {
        if (OperatingSystem.IsWindows())
        {
            return true;
        }

        string[] variables = ["LC_ALL", "LC_MESSAGES", "LANG"];
        string locale =
            variables.Select(Environment.GetEnvironmentVariable).FirstOrDefault(value => !string.IsNullOrEmpty(value))
            ?? "";
        return locale.Split('@')[0].Split('.') is [_, var charset]
            && !charset.Replace("-", "", StringComparison.Ordinal).Equals("utf8", StringComparison.OrdinalIgnoreCase);
    }

    private static void EnterAs(string name, string path)
    {
        if (name.Length == 0 || Assembly.GetEntryAssembly()?.FullName == name)
        {
            return;
        }

        if (
            (
                Try(() => Assembly.Load(name))
                ?? (path.Length == 0 ? null : Try(() => AssemblyLoadContext.Default.LoadFromAssemblyPath(path)))
            ) is
            { } entry
        )
        {
            Assembly.SetEntryAssembly(entry);
        }
    }

    private static Assembly? Try(Func<Assembly> load)
    {
        try
        {
            return load();
        }
        catch (Exception reason) when (reason is IOException or BadImageFormatException)
        {
            return null;
        }
    }
}
