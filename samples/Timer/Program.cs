using EventDrivenActors;

await using EventRuntime runtime = EventRuntime.Create();
Controller con = runtime.CreateController(o =>
{
    // While the controller runs, the timer dispatches ControllerEvents.Timing: the first time after one interval.
    TimerAdapter timer = o.AddTimer(TimeSpan.FromMilliseconds(20));
    o.Mapping.On(
        ControllerEvents.Timing,
        (session, tick) =>
        {
            bool slow = session.Items.ContainsKey("slow");
            Console.WriteLine($"{(slow ? "slow" : "fast")} tick {tick.Number}");
            if (!slow && tick.Number == 3)
            {
                // A new interval counts from now, and its first tick is number 1.
                timer.SetTiming(TimeSpan.FromMilliseconds(60));
                session.Items["slow"] = true;
            }
            else if (slow && tick.Number == 2)
            {
                // Null stops the timer; another interval would arm it again.
                timer.SetTiming(null);
                session.Self.Post("end");
            }
        }
    );
    o.Mapping.On(
        "end",
        session =>
        {
            Console.WriteLine("stopped");
            session.Self.Shutdown();
        }
    );
});

con.Run();
await con.WaitAsync();
