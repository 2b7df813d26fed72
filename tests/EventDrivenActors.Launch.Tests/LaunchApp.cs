using System.Diagnostics;
using EventDrivenActors.TestSupport;

namespace EventDrivenActors.Launch.Tests;

/// <summary>A running program of these tests: its lines, and its end.</summary>
internal sealed class LaunchApp : IAsyncDisposable
{
    private const string Assembly = "EventDrivenActors.LaunchApp.dll";
    private static readonly string[] OfTheTestRun = ["MSBUILD", "VSTEST", "DOTNET_STARTUP_HOOKS", "CORECLR_", "COR_"];
    private readonly Process _process;
    private readonly Journal<string> _lines = new();
    private readonly Task _ended;
    private int _read;

    private LaunchApp(Process process)
    {
        _process = process;
        _ended = Task.WhenAll(
            CollectAsync(process.StandardOutput),
            CollectAsync(process.StandardError),
            process.WaitForExitAsync()
        );
    }

    public static string Dotnet { get; } =
        Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } host ? host : "dotnet";

    /// <summary>Where the app was built together with this assembly.</summary>
    public static string Folder
    {
        get
        {
            DirectoryInfo framework = new(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
            return Repository.PathOf(
                $"tests/EventDrivenActors.LaunchApp/bin/{framework.Parent!.Name}/{framework.Name}"
            );
        }
    }

    public int ProcessId => _process.Id;

    /// <summary>Starts the app that was built together with this assembly, by its muxer.</summary>
    public static LaunchApp Start(string[] arguments, Action<ProcessStartInfo>? change = null) =>
        Run(Dotnet, [Path.Combine(Folder, Assembly), .. arguments], change);

    /// <summary>Starts any program.</summary>
    public static LaunchApp Run(string program, string[] arguments, Action<ProcessStartInfo>? change = null)
    {
        ProcessStartInfo start = new(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (
            string name in start
                .Environment.Keys.Where(name =>
                    OfTheTestRun.Any(its => name.StartsWith(its, StringComparison.OrdinalIgnoreCase))
                )
                .ToArray()
        )
        {
            start.Environment.Remove(name);
        }

        change?.Invoke(start);
        return new LaunchApp(Process.Start(start)!);
    }

    /// <summary>Says a line to the app and gives the line that it answers.</summary>
    public async Task<string> AskAsync(string line)
    {
        await _process.StandardInput.WriteLineAsync(line);
        return (await _lines.WaitForAsync(++_read))[_read - 1];
    }

    /// <summary>Closes the app's input, and gives all its lines when it has ended.</summary>
    public async Task<IReadOnlyList<string>> EndAsync(TimeSpan? limit = null)
    {
        _process.StandardInput.Close();
        await _ended.WaitAsync(limit ?? HangGuard.Limit);
        return _lines.Entries;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_ended.IsCompleted)
        {
            _process.Kill(entireProcessTree: true);
            await _ended.Guarded();
        }

        _process.Dispose();
    }

    private async Task CollectAsync(StreamReader reader)
    {
        while (await reader.ReadLineAsync() is { } line)
        {
            _lines.Add(line);
        }
    }
}
