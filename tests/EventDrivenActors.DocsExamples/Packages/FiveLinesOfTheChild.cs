namespace EventDrivenActors.DocsExamples.Packages;

internal static class FiveLinesOfTheChild
{
    public static async Task RunAsync()
    {
        // <snippet>
        await using EventRuntime runtime = EventRuntime.Create();
        EventKey<string, int> length = new("length");
        Controller con = runtime.CreateController(o => o.AddSubprocess(s => s.Mapping.On(length, Length)));
        con.Run();
        int four = await con.Dispatch(length, "four");   // a crash there is a ChildLostException here
        // </snippet>

        Console.WriteLine(four);
    }

    private static int Length(Session session, string text) => text.Length;
}
