using EventDrivenActors;

SessionKey<string> app = new SessionKey<string>("app");
SessionKey<string> user = new SessionKey<string>("user");
SessionKey<string> greeting = new SessionKey<string>("greeting");

await using EventRuntime runtime = EventRuntime.Create();

// A controller takes events one at a time. Its mapping says what it does with them.
Controller con = runtime.CreateController(o =>
{
    o.Name = "console";
    o.Mapping.On(
            "hello",
            session => Console.WriteLine($"{session.Get(greeting)}, {session.Get(user)}! This is {session.Get(app)}.")
        )
        .On("half", (int number) => number % 2 == 0 ? number / 2 : throw new ArgumentException($"{number} is odd"));
    o.Context = SessionContext.Empty.With(app, "Intro").With(user, "nobody").With(greeting, "Hello");
});

// Events wait for Run. The run may bring context of its own, which wins over the controller's.
con.Post("hello");
Console.WriteLine($"{con.Name} is {con.State}");
con.Run(SessionContext.Empty.With(user, "Ada"));

// The event's own context wins over both, for this event only.
await con.Dispatch("hello", context: SessionContext.Empty.With(greeting, "Good morning"));
await con.Dispatch("hello");

// A Pending gives one result for each handler, or throws what a handler threw. The loop goes on.
IReadOnlyList<object?> results = await con.Dispatch("half", 42);
Console.WriteLine($"half of 42 is {results[0]}");
try
{
    await con.Dispatch("half", 7);
}
catch (ArgumentException exception)
{
    Console.WriteLine($"half of 7 fails: {exception.Message}");
}

// A function can be submitted too. It runs in the loop, between the events.
int sum = await con.Submit((a, b) => a + b, 1, 2);
Console.WriteLine($"1 + 2 is {sum}");

// A shutdown runs what is queued before it, then ends the loop.
con.Post("hello");
con.Shutdown();
await con.WaitAsync();
Console.WriteLine($"{con.Name} is {con.State}");
