namespace EventDrivenActors.DocsExamples;

internal static class HooksAndContext
{
    public static async Task RunAsync(EventRuntime runtime)
    {
        // <snippet>
        SessionKey<string> user = new("user");
        MappingBlueprint guarded = new MappingBlueprint()
            .Before(session =>
            {
                if (session.Get(user) == "nobody")
                {
                    session.Skip();
                }
            })
            .After(session => Console.WriteLine($"{session.Event} returned {session.Returns[0]}"));

        Controller con = runtime.CreateController(o =>
        {
            o.Mapping
                .Include(guarded)
                .On("delete", (Session session, string file) => $"{session.Get(user)} deletes {file}");
            o.Context = SessionContext.Empty.With(user, "nobody");
        });
        con.Run();

        PendingStatus skipped = await con.Dispatch("delete", "a.txt").SettledAsync();
        await con.Dispatch("delete", "a.txt", SessionContext.Empty.With(user, "Ada"));
        // </snippet>

        Console.WriteLine(skipped);
    }
}
