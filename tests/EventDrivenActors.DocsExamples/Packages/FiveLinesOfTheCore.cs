namespace EventDrivenActors.DocsExamples.Packages;

internal static class FiveLinesOfTheCore
{
    public static async Task RunAsync()
    {
        // <snippet>
        await using EventRuntime runtime = EventRuntime.Create();
        EventKey<string, int> length = new("length");
        Controller con = runtime.CreateController(o => o.Mapping.On(length, (session, text) => text.Length));
        con.Run();
        int four = await con.Dispatch(length, "four");
        // </snippet>

        Console.WriteLine(four);
    }
}
