using EventDrivenActors;

// A typed key says what its events carry, and what its handler returns.
EventKey<string, int> count = new("count");

// Hooks run around every event. Skipping an event in a before hook leaves its handlers out.
MappingBlueprint hooks = new MappingBlueprint()
    .Before(session =>
    {
        if (session.Value is "")
        {
            session.Skip();
        }
    })
    .After(session => Console.WriteLine($"  after {session.Event}: [{string.Join(", ", session.Returns)}]"));

// A blueprint is a plan: any number of controllers can be made from it, and it can include another one.
MappingBlueprint blueprint = new MappingBlueprint()
    .Include(hooks)
    .On(count, (session, text) => text.Length)
    .On("add", (int a, int b) => a + b)
    .On("save", (string text) => $"saved {text}")
    .On(
        "save",
        async (string text, CancellationToken token) =>
        {
            await Task.Yield();
            return $"copied {text}";
        }
    )
    .Otherwise(session => $"nobody knows {session.Event}");

await using EventRuntime runtime = EventRuntime.Create();
Controller con = runtime.CreateController(blueprint);
con.Run();

int length = await con.Dispatch(count, "four");
Console.WriteLine($"count gives {length}");
await con.Dispatch("add", args: [1, 2]);
await con.Dispatch("save", "a.txt");
await con.Dispatch("unknown");

Pending skipped = con.Dispatch("save", "");
Console.WriteLine($"save of nothing is {await skipped.SettledAsync()}");

// The controller has a copy of the blueprint, which may change while it runs.
con.Mapping.Set("save", (string text) => $"kept {text}");
con.Mapping.Add("add", (int a, int b) => $"{a} and {b}");
await con.Dispatch("save", "b.txt");
await con.Dispatch("add", args: [3, 4]);
