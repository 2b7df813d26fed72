namespace EventDrivenActors.DocsExamples.Adapters;

/// <summary>Runs what the snippets about adapters show.</summary>
internal static class AdapterTour
{
    public static async Task RunAsync(EventRuntime runtime)
    {
        await TickingController.RunAsync(runtime);
        await AddAnAdapter.RunAsync(runtime);

        string path = Path.GetTempFileName();
        Controller con = runtime.CreateController(o =>
        {
            o.Adapters.Add(new LineWriter(path));
            o.Adapters.Add(new ElsewhereAdapter("length", async (value, token) =>
            {
                await Task.Delay(1, token);
                return $"{value}".Length;
            }));
        });
        con.Run();
        con.Post("write", "a line");
        IReadOnlyList<object?> length = await con.Dispatch("length", "four");
        await con.WaitForIdleAsync();
        Console.WriteLine($"{length[0]}, {File.ReadAllText(path).Trim()}");
        await con.ShutdownAsync();
        File.Delete(path);
    }
}
