namespace EventDrivenActors.TestKit.Tests.Cookbook;

public sealed class SimulateABackend : ControllerTestKit
{
    // <snippet>
    private static readonly EventKey<int, int> Render = new("render");

    [Fact]
    public async Task EachPage_IsPrintedOnce() =>
        await SimulateAsync(seeds: 100, simulation => PrintAsync(simulation, careless: false));

    [Fact]
    public async Task CarelessPrinter_IsFoundOut()
    {
        SimulationException found = await Assert.ThrowsAsync<SimulationException>(
            () => SimulateAsync(seeds: 200, simulation => PrintAsync(simulation, careless: true)));

        // Exactly this run, again and again, under the debugger:
        await Assert.ThrowsAsync<SimulationException>(
            () => ReplaySimulationAsync(found.Replay, simulation => PrintAsync(simulation, careless: true)));
    }

    private async Task PrintAsync(Simulation simulation, bool careless)
    {
        List<int> printed = [];
        Controller renderer = CreateController(o =>
        {
            o.Name = "renderer";
            o.AddSubprocess(child => child.Mapping.On(Render, (session, page) => page));  // no process is started
        });
        renderer.Run();
        simulation.Always("no page is printed twice", () => printed.Count == printed.Distinct().Count());
        simulation.AtEnd("all pages are printed", () => printed.Count == 3);

        for (int page = 1; page <= 3; page++)
        {
            bool again;
            do
            {
                again = false;
                try
                {
                    printed.Add(await renderer.Dispatch(Render, page));
                }
                catch (ChildLostException)
                {
                    again = !careless;  // the mistake: a page whose child has died is forgotten
                }
            }
            while (again);

            await Task.Delay(TimeSpan.FromSeconds(1), simulation.Time);  // the clock moves by itself
        }
    }
    // </snippet>
}
