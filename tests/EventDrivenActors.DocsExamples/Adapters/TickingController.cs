namespace EventDrivenActors.DocsExamples.Adapters;

internal static class TickingController
{
    public static async Task RunAsync(EventRuntime runtime)
    {
        // <snippet>
        TimerAdapter timer = null!;
        Controller con = runtime.CreateController(o =>
        {
            timer = o.AddTimer(TimeSpan.FromSeconds(1));
            o.Mapping.On(ControllerEvents.Timing, (session, tick) =>
                Console.WriteLine($"tick {tick.Number}; {tick.Missed} missed since the one before"));
        });
        con.Run();

        timer.SetTiming(TimeSpan.FromMinutes(1));   // the first tick comes a minute from now, as number 1
        timer.SetTiming(null);                      // no more ticks, until SetTiming gets an interval again
        // </snippet>

        await con.ShutdownAsync();
    }
}
