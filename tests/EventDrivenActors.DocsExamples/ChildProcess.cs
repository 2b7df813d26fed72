namespace EventDrivenActors.DocsExamples;

internal static class ChildProcess
{
    public static async Task RunAsync(EventRuntime runtime)
    {
        // <snippet>
        EventKey<string, int> parse = new("parse");
        Controller con = runtime.CreateController(o => o.AddSubprocess(child =>
        {
            child.Mapping.On(parse, Parse);                  // a static method: only its name travels
            child.EventTimeout = TimeSpan.FromSeconds(5);
            child.KillOnTimeout = true;                      // a handler that ignores it costs its child
            child.Idempotent(parse);                         // runs again after its child has died, up to three times
        }));
        con.Run();

        int parsed = await con.Dispatch(parse, "<a><b/></a>");
        int length = await con.Submit(text => text.Length, "submitted functions run in the child as well");
        Pending<int> fatal = con.Submit(code => Exit(code), 7);
        PendingStatus status = await fatal.SettledAsync();   // ChildLost; a new child takes its place
        ChildLostException lost = (ChildLostException)fatal.Exception!;
        // </snippet>

        Console.WriteLine($"{parsed} {length} {status} {lost.ExitCode}");
    }

    private static int Parse(Session session, string xml) =>
        System.Xml.Linq.XElement.Parse(xml).DescendantsAndSelf().Count();

    private static int Exit(int code)
    {
        Environment.Exit(code);
        return code;
    }
}
