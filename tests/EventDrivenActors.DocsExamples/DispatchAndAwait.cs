namespace EventDrivenActors.DocsExamples;

internal static class DispatchAndAwait
{
    public static async Task RunAsync(EventRuntime runtime)
    {
        // <snippet>
        EventKey<string, int> length = new("length");
        Controller con = runtime.CreateController(o => o.Mapping
            .On(length, (session, text) => text.Length)
            .On("save", (string name, int version) => $"saved {name}, version {version}")
            .On("save", (string name, int version) => $"copied {name}")
            .On("log", session => Console.WriteLine(session.Value)));
        con.Run();

        int four = await con.Dispatch(length, "four");                                 // the result of a typed event
        IReadOnlyList<object?> both = await con.Dispatch("save", args: ["a.txt", 2]);  // one result for each handler
        int sum = await con.Submit((a, b) => a + b, four, 1);                          // a function, in its turn
        con.Post("log", "no result, and no allocation");                               // a failure raises Error

        Pending pending = con.Dispatch("unknown");
        PendingStatus status = await pending.SettledAsync();                           // how it ended; never throws
        await con.ShutdownAsync();                                                     // runs what is queued, then ends
        // </snippet>

        Console.WriteLine($"{sum}, {string.Join(", ", both)}, {status}");
    }
}
