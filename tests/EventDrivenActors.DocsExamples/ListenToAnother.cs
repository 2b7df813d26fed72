namespace EventDrivenActors.DocsExamples;

internal static class ListenToAnother
{
    public static async Task RunAsync(EventRuntime runtime)
    {
        Controller shop = runtime.CreateController(new MappingBlueprint()
            .On("ordered", (string what) => $"{what} is on its way"));
        shop.Run();

        // <snippet>
        Controller audit = runtime.CreateController(o => o.Mapping
            .On("ordered", (ForwardedEvent heard) => Console.WriteLine($"{heard.Source.Name} took {heard.Value}"))
            .On("closed", session => session.Self.Shutdown()));
        audit.Run();

        using (audit.Listen(shop, "ordered", "closed"))
        {
            await shop.Dispatch("ordered", "tea");
            await shop.Dispatch("closed");
            await audit.WaitAsync();
        }
        // </snippet>
    }
}
