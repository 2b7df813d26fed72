namespace EventDrivenActors.Simulation.Running;

/// <summary>
/// Ends the process, with words, when one program takes far too long: then something blocks the only thread.
/// </summary>
internal sealed class Watchdog
{
    public const int ExitCode = 3;

    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);
    private readonly AutoResetEvent _fed = new(false);
    private volatile string _at = "nothing";

    public Watchdog()
    {
        Thread thread = new(Watch) { IsBackground = true, Name = "watchdog" };
        thread.Start();
    }

    /// <summary>Says what begins now.</summary>
    public void Feed(string what)
    {
        _at = what;
        _fed.Set();
    }

    private void Watch()
    {
        while (_fed.WaitOne(Longest)) { }

        Console.WriteLine($"BROKEN {Trial.OwnPromise}: {_at} does not end.");
        Environment.Exit(ExitCode);
    }
}
