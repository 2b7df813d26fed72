namespace EventDrivenActors.DocsExamples.Children;

internal static class LastResort
{
    public static async Task RunAsync(Controller con, EventKey<string, int> parse)
    {
        // <snippet>
        try
        {
            Console.WriteLine(await con.Dispatch(parse, "<a/>"));
        }
        catch (ChildLostException lost) when (lost.Started == false)
        {
            Console.WriteLine($"Nothing was done: {lost.Message}");
        }
        catch (ChildLostException lost)
        {
            string end = lost.Signal is { } signal ? $"signal {signal}" : $"exit code {lost.ExitCode}";
            Console.WriteLine($"{lost.Reason}, {end}: {string.Join('\n', lost.LastErrorLines)}");
        }
        catch (PoisonedEventException poisoned)
        {
            Console.WriteLine($"It cost {poisoned.Attempts} children.");
        }
        // </snippet>
    }
}
