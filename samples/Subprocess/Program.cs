using EventDrivenActors;

// Events that the parent maps run here; all others, and every submitted function, run in the child process.
await using EventRuntime runtime = EventRuntime.Create();
SubprocessAdapter child = null!;
Controller controller = runtime.CreateController(o =>
{
    o.Name = "parent";
    o.Mapping.On("here", _ => Environment.ProcessId);
    child = o.AddSubprocess(s =>
    {
        s.Workers = 10;
        s.Mapping.On("there", ProcessOf).On("sum", Sum);
    });
});
controller.Run();

Console.WriteLine(
    $"mapped by the parent: runs in {(await controller.Dispatch("here"))[0]}, the parent is {Environment.ProcessId}"
);
Console.WriteLine(
    $"mapped by the child:  runs in {(await controller.Dispatch("there"))[0]}, the child is {child.ProcessId}"
);
Console.WriteLine($"with arguments: {(await controller.Dispatch("sum", args: [1, 2, 3]))[0]}");
Console.WriteLine($"submitted: {await controller.Submit(Greet, "child")}");

List<Pending<int>> squares = [];
for (int i = 1; i <= 100; i++)
{
    squares.Add(controller.Submit(n => n * n, i));
}

await controller.PendingAsync();
await controller.WaitForIdleAsync();
Console.WriteLine(
    $"100 submissions: {squares.Count(square => square.Status == PendingStatus.Completed)} completed, the last gave "
        + $"{await squares[^1]}"
);

controller.Shutdown();
await controller.WaitAsync();
Console.WriteLine(
    $"the parent is {controller.State}, its child is {(child.ProcessId is null ? "gone" : "left behind")}"
);

static int ProcessOf() => Environment.ProcessId;

static int Sum(int a, int b, int c) => a + b + c;

static string Greet(string whom) => $"hello, {whom}";
