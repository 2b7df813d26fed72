using EventDrivenActors;

EventKey<int, int> square = new("square");
EventKey<string, int> meet = new("meet");
int present = 0;
TaskCompletionSource everybodyIsHere = new TaskCompletionSource();

// All workers share one mapping and one queue: the next event goes to a worker that is idle.
await using EventRuntime runtime = EventRuntime.Create();
ControllerPool pool = runtime.CreatePool(
    workers: 3,
    o =>
    {
        o.Name = "pool";
        o.Mapping.On(square, (session, number) => number * number)
            .On(
                meet,
                async (session, name) =>
                {
                    if (Interlocked.Increment(ref present) == 3)
                    {
                        everybodyIsHere.SetResult();
                    }

                    await everybodyIsHere.Task;
                    return session.WorkerIndex;
                }
            );
    }
);
pool.Run();

// Three handlers that wait for each other: they can only end when all of them run at the same time.
string[] names = ["Ada", "Grace", "Edsger"];
int[] workers = await Task.WhenAll(names.Select(name => pool.Dispatch(meet, name).AsTask()));
Console.WriteLine($"{string.Join(", ", names)} met on the workers {string.Join(", ", workers.Order())}");

// Events start in the order of their dispatch. Each has its own Pending, whichever worker runs it.
Pending<int>[] squares = [.. Enumerable.Range(1, 100).Select(number => pool.Dispatch(square, number))];
int sum = 0;
foreach (Pending<int> pending in squares)
{
    sum += await pending;
}

Console.WriteLine($"the sum of 100 squares is {sum}");

// A failure costs no worker, and the number of workers can change while the pool runs.
PendingStatus status = await pool.Submit(() => int.Parse("many")).SettledAsync();
Console.WriteLine($"a submitted function ends as {status}");
pool.Resize(4);
await pool.WaitForIdleAsync();
Console.WriteLine($"{pool.Workers.Count} workers, idle: {pool.IsIdle}");

ShutdownReport report = await pool.ShutdownAsync();
Console.WriteLine($"{pool.Name} is {pool.State}, {report.Abandoned} events were abandoned");
