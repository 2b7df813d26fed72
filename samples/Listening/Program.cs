using EventDrivenActors;

EventKey<string, string> copy = new("copy");
EventKey<string> log = new("log");
SessionKey<string> user = new SessionKey<string>("user");

await using EventRuntime runtime = EventRuntime.Create();
Controller source = runtime.CreateController(o =>
{
    o.Name = "source";
    o.Mapping.On(
            copy,
            (session, file) =>
            {
                session.Self.Post(log, $"wrote {file}");
                return $"{file} copied";
            }
        )
        .On("end", session => session.Self.Shutdown());
});

// A listener receives the same key. Its value is a ForwardedEvent with the controller, the event and its context.
Controller listener = runtime.CreateController(o =>
{
    o.Name = "listener";
    o.Mapping.On(
            copy,
            (ForwardedEvent heard) =>
            {
                string name = heard.Context.TryGet(user, out string? known) ? known : "nobody";
                Console.WriteLine($"{heard.Source.Name} takes '{heard.Key}' with {heard.Value}, for {name}");
            }
        )
        .On(
            "end",
            (Session session, ForwardedEvent heard) =>
            {
                Console.WriteLine($"{heard.Source.Name} takes '{heard.Key}'");
                session.Self.Shutdown();
            }
        );
});

// The listener hears only the keys named here, and not "log". Disposing the tap ends the listening.
using IDisposable tap = listener.Listen(source, copy, "end");
listener.Run();
source.Run();

string[] copied =
[
    await source.Dispatch(copy, "a.txt", SessionContext.Empty.With(user, "Ada")),
    await source.Dispatch(copy, "b.txt"),
];
source.Post("end");

// Forwarded events keep their order, so the listener ends after it has heard all of them.
await listener.WaitAsync();
await source.WaitAsync();
Console.WriteLine(string.Join(", ", copied));
