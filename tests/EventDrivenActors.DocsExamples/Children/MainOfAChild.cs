namespace EventDrivenActors.DocsExamples.Children;

internal static class MainOfAChild
{
    public static async Task MainAsync()
    {
        // <snippet>
        if (await ChildProcessHost.RunIfChildAsync())
        {
            return;
        }
        // </snippet>

        Console.WriteLine("The application itself.");
    }
}
