using System.Diagnostics;
using EventDrivenActors.Chaos.Crashes;
using EventDrivenActors.Chaos.Handlers;
using EventDrivenActors.Chaos.Recording;

namespace EventDrivenActors.Chaos.Runs;

/// <summary>A parent to be killed: it says which processes it has, keeps them busy, and never ends by itself.</summary>
internal static class ParentProgram
{
    /// <summary>Begins the line that says that everything is busy; the numbers of the processes follow.</summary>
    private const string Busy = "busy:";

    /// <summary>
    /// Starts two children, each with a handler that never ends and a process of its own, and an idle one.
    /// </summary>
    /// <param name="notes">Where the idle one notes what it does.</param>
    public static async Task RunAsync(string notes)
    {
        await using EventRuntime runtime = EventRuntime.Create();
        TaskCompletionSource<(int Child, int Grandchild)>[] busy = [new(), new()];
        foreach (TaskCompletionSource<(int, int)> said in busy)
        {
            Controller controller = runtime.CreateController(options =>
            {
                options.Mapping.On(
                    "busy",
                    (int child, int grandchild) =>
                    {
                        said.TrySetResult((child, grandchild));
                    }
                );
                options.AddSubprocess(child => child.Mapping.On("occupy", Grandchildren.OccupyAsync));
            });
            controller.Run();
            controller.Post("occupy");
        }

        Controller reader = runtime.CreateController(options =>
            options.AddSubprocess(child =>
            {
                child.Environment[Notebook.FolderVariable] = notes;
                child.Mapping.On("bad result", BombHandlers.BadResult);
            })
        );
        reader.Run();
        (int Child, int Grandchild)[] processes = await Task.WhenAll(busy.Select(one => one.Task));
        int idle = (int)await reader.Submit(() => Environment.ProcessId);
        Console.WriteLine(
            $"{Busy} {idle} {string.Join(' ', processes.SelectMany(one => new[] { one.Child, one.Grandchild }))}"
        );

        // A line names the way in which a result is to end this process while it reads it.
        while (await Console.In.ReadLineAsync() is { } kind)
        {
            reader.Post("bad result", args: [0L, Enum.Parse<CrashKind>(kind)]);
        }

        await Task.Delay(Timeout.Infinite);
    }

    /// <summary>Starts this program again as such a parent, with its input and output redirected.</summary>
    public static Process Start(string notes)
    {
        ProcessStartInfo start = new(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            ArgumentList = { typeof(ParentProgram).Assembly.Location, ChaosCommand.ParentName, notes },
        };
        return Process.Start(start)!;
    }

    /// <summary>The processes that such a parent says it has, once all are busy.</summary>
    public static async Task<int[]> ProcessesAsync(Process parent)
    {
        while (await parent.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.StartsWith(Busy, StringComparison.Ordinal))
            {
                return [.. line[Busy.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse)];
            }
        }

        throw new InvalidOperationException("The parent ended before it was busy.");
    }
}
