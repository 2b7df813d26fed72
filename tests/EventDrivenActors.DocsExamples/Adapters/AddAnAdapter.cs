namespace EventDrivenActors.DocsExamples.Adapters;

internal static class AddAnAdapter
{
    public static async Task RunAsync(EventRuntime runtime)
    {
        // <snippet>
        Controller con = runtime.CreateController(o =>
        {
            o.Adapters.Add(new AuditAdapter(Console.WriteLine));
            o.Mapping.On("double", (int number) => number * 2);
        });
        con.Run();
        await con.Dispatch("double", 21);
        // </snippet>

        await con.ShutdownAsync();
    }
}
