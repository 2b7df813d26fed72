using System.Net.Sockets;
using EventDrivenActors;

// A user writes this line without the condition; the tests also start what has no such line.
if (Environment.GetEnvironmentVariable("LAUNCH_APP_LINE") is not null && await ChildProcessHost.RunIfChildAsync())
{
    return 0;
}

if (args is ["connect", string path])
{
    using Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    SocketException? refused = null;
    try
    {
        socket.Connect(new UnixDomainSocketEndPoint(path));
    }
    catch (SocketException reason)
    {
        refused = reason;
    }

    Console.WriteLine(refused is null ? "connected" : $"refused {refused.SocketErrorCode}");
    return 0;
}

if (args is ["by default"])
{
    await DefaultAsync();
    return 0;
}

bool tellsPlace = args is ["place", ..];
if (tellsPlace)
{
    Place.Change();
}

await using EventRuntime runtime = EventRuntime.Create(o =>
    o.Configuration = "akka { loglevel = OFF, stdout-loglevel = OFF }"
);
SubprocessAdapter child = null!;
using ManualResetEventSlim waits = new();
Controller controller = runtime.CreateController(options =>
    child = options.AddSubprocess(s =>
    {
        options.Mapping.On("waits", () => waits.Set());
        s.Mapping.On("sum", (int a, int b) => a + b);
        s.Mapping.On(
            "wait",
            session =>
            {
                session.Parent!.Dispatch("waits");
                new ManualResetEvent(false).WaitOne();
            }
        );
        s.Mapping.On(
            "exit",
            (int code) =>
            {
                Environment.Exit(code);
            }
        );
        s.Restart.MinDelay = TimeSpan.FromMilliseconds(100);
        s.Restart.MaxDelay = TimeSpan.FromMilliseconds(200);
        s.Restart.MaxRestarts = args is ["serve", string restarts] ? int.Parse(restarts) : 2;
    })
);
return tellsPlace ? await PlaceAsync()
    : args.Length == 0 ? await SumAsync()
    : args is ["starve"] ? Starve()
    : await ServeAsync();

// What a user's program does: one event, one submitted function. The event is there before a start can have failed.
async Task<int> SumAsync()
{
    Pending sum = controller.Dispatch("sum", args: [1, 2]);
    controller.Run();
    if (await sum.SettledAsync() != PendingStatus.Completed)
    {
        Console.WriteLine($"{sum.Status}: {sum.Exception?.Message}");
        return 1;
    }

    int process = await controller.Submit(() => Environment.ProcessId);
    Console.WriteLine($"sum {(await sum)[0]}");
    Console.WriteLine($"child {(process == Environment.ProcessId ? "in the parent" : "apart")}");
    Console.WriteLine($"compiled {await controller.Submit(() => System.Runtime.JitInfo.GetCompiledMethodCount())}");
    return 0;
}

// A line for each thing: its name, what a handler in process sees, what one in the child sees.
async Task<int> PlaceAsync()
{
    Controller here = runtime.CreateController();
    here.Run();
    controller.Run();
    foreach (string name in Place.Names)
    {
        Console.WriteLine(
            $"{name} | {await here.Submit(static name => Place.Read(name), name)} | "
                + $"{await controller.Submit(static name => Place.Read(name), name)}"
        );
    }

    return 0;
}

// A newcomer's program, which sets nothing: for each line of stdin its handler in the child writes one.
static async Task DefaultAsync()
{
    await using EventRuntime runtime = EventRuntime.Create();
    Controller controller = runtime.CreateController(options =>
        options.AddSubprocess(child => child.Mapping.On("say", (string line) => Console.WriteLine(line)))
    );
    controller.Run();
    while (Console.ReadLine() is { } line)
    {
        await controller.Dispatch("say", args: [line]);
    }
}

// Does what the lines of stdin say, and answers each with a line.
async Task<int> ServeAsync()
{
    HoldThreads();
    controller.Run();
    while (Console.ReadLine() is { } line)
    {
        switch (line)
        {
            case "sum":
                Pending sum = controller.Dispatch("sum", args: [1, 2]);
                Console.WriteLine(
                    await sum.SettledAsync() == PendingStatus.Completed
                        ? $"sum {(await sum)[0]}"
                        : $"{sum.Status}: {sum.Exception?.Message}"
                );
                break;
            case "exit":
                Pending lost = controller.Dispatch("exit", args: [7]);
                Console.WriteLine(
                    $"{await lost.SettledAsync()} "
                        + $"{(lost.Exception as ChildLostException)?.ExitCode?.ToString() ?? "unknown"}"
                );
                break;
            case "child":
                Console.WriteLine($"child {child.ProcessId} {child.State}");
                break;
            case "kill":
                child.Kill();
                while (child.State == ChildState.Ready)
                {
                    await Task.Delay(1);
                }

                Console.WriteLine("killed");
                break;
            case "backing off":
                // Two more starts than there were: that one of them failed is then sure.
                int starts = child.Restarts + 2;
                while (child.Restarts < starts || child.State != ChildState.BackingOff)
                {
                    await Task.Delay(5);
                }

                Console.WriteLine("backing off");
                break;
        }
    }

    return 0;
}

// Nothing of this process may run but threads of its own: all that the pool has are taken, and it gets no more.
int Starve()
{
    HoldThreads();
    controller.Run();
    Pending waiting = controller.Dispatch("wait");
    waits.Wait();

    ThreadPool.GetMaxThreads(out int threads, out _);
    using CountdownEvent held = new(threads);
    for (int thread = 0; thread < threads; thread++)
    {
        ThreadPool.UnsafeQueueUserWorkItem(
            _ =>
            {
                held.Signal();
                new ManualResetEvent(false).WaitOne();
            },
            null
        );
    }

    held.Wait();
    child.Kill();
    while (waiting.Status == PendingStatus.Running)
    {
        Thread.Yield();
    }

    Console.WriteLine($"{waiting.Status} {(waiting.Exception as ChildLostException)?.Reason}");
    Environment.Exit(0);
    return 0;
}

// When the pool wants another thread and the system gives none, .NET ends the process; so it gets all that it may have
// before there is a shortage.
static void HoldThreads()
{
    int threads = Math.Max(8, Environment.ProcessorCount);
    ThreadPool.SetMinThreads(threads, threads);
    ThreadPool.SetMaxThreads(threads, threads);
    using Barrier all = new(threads + 1);
    for (int thread = 0; thread < threads; thread++)
    {
        ThreadPool.QueueUserWorkItem(_ => all.SignalAndWait());
    }

    all.SignalAndWait();
}
