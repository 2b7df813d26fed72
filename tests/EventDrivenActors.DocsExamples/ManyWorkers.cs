namespace EventDrivenActors.DocsExamples;

internal static class ManyWorkers
{
    public static async Task RunAsync(EventRuntime runtime)
    {
        // <snippet>
        EventKey<string, int> fetch = new("fetch");
        ControllerPool pool = runtime.CreatePool(workers: 8, o =>
        {
            o.Mapping.On(fetch, async (session, path) =>
                (await File.ReadAllBytesAsync(path, session.CancellationToken)).Length);
            o.Capacity = 1000;
            o.EventTimeout = TimeSpan.FromSeconds(5);
        });
        pool.Run();

        foreach (string path in Directory.EnumerateFiles("."))
        {
            await pool.DispatchAsync(fetch, path);  // waits while 1000 events are queued
        }

        await pool.WaitForIdleAsync();
        ShutdownReport report = await pool.ShutdownAsync(ShutdownMode.Drain, deadline: TimeSpan.FromSeconds(10));
        // </snippet>

        Console.WriteLine($"{report.Abandoned} abandoned");
    }
}
