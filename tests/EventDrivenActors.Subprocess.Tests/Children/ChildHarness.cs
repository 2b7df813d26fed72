using Akka.Configuration;
using EventDrivenActors.TestKit;
using EventDrivenActors.TestSupport;

namespace EventDrivenActors.Subprocess.Tests.Children;

/// <summary>A controller whose child does <see cref="ChildWork"/>, and what the child's lines tell the test.</summary>
/// <param name="hocon">Changes to the settings of child processes.</param>
/// <param name="time">The clock; that of the system unless a test has its own.</param>
public sealed class ChildHarness(string hocon = "", VirtualTime? time = null) : IAsyncDisposable
{
    private readonly List<SubprocessAdapter> _children = [];

    public EventRuntime Runtime { get; } =
        EventRuntime.Create(options =>
        {
            options.Configuration = ConfigurationFactory.ParseString($"event-driven-actors.subprocess {{ {hocon} }}");
            options.TimeProvider = time as TimeProvider ?? TimeProvider.System;
        });

    /// <summary>The lines that children have written to their standard output.</summary>
    public Journal<string> Said { get; } = new();

    /// <summary>The only child, or the first of a pool.</summary>
    public SubprocessAdapter Child => _children[0];

    public IReadOnlyList<SubprocessAdapter> Children => _children;

    public Controller Start(Action<SubprocessOptions>? child = null, Action<ControllerOptions>? configure = null)
    {
        Controller controller = Runtime.CreateController(options => Configure(options, child, configure));
        controller.Run();
        return controller;
    }

    public ControllerPool StartPool(
        int workers,
        Action<SubprocessOptions>? child = null,
        Action<ControllerOptions>? configure = null
    )
    {
        ControllerPool pool = Runtime.CreatePool(workers, options => Configure(options, child, configure));
        pool.Run();
        return pool;
    }

    /// <summary>Completes when a child has said it.</summary>
    public async Task HeardAsync(string line)
    {
        for (int count = 0; !Said.Entries.Contains(line); count = Said.Count)
        {
            await Said.WaitForAsync(count + 1);
        }
    }

    /// <summary>Moves the test's clock until a task ends.</summary>
    public async Task PassTimeAsync(Task task)
    {
        using CancellationTokenSource hung = new(HangGuard.Limit);
        while (await Task.WhenAny(task, Task.Delay(5, hung.Token)) != task)
        {
            hung.Token.ThrowIfCancellationRequested();
            time?.Advance(TimeSpan.FromMilliseconds(100));
        }

        await task;
    }

    public async ValueTask DisposeAsync() => await Runtime.DisposeAsync();

    private void Configure(
        ControllerOptions options,
        Action<SubprocessOptions>? child,
        Action<ControllerOptions>? configure
    )
    {
        SubprocessAdapter adapter = options.AddSubprocess(s =>
        {
            ChildWork.Map(s.Mapping);
            s.Restart.MinDelay = TimeSpan.FromMilliseconds(1);
            s.LinkTime = TimeProvider.System;
            s.OutputReceived = line =>
            {
                if (!line.IsError)
                {
                    Said.Add(line.Text);
                }
            };
            child?.Invoke(s);
        });
        _children.Add(adapter);
        configure?.Invoke(options);
    }
}
