namespace EventDrivenActors.Subprocess.Supervision;

/// <summary>
/// Keeps a child that floods its output from flooding the log: it allows so many lines a second, and one that says that
/// there were more. Pure. Not thread-safe.
/// </summary>
internal sealed class LogBudget(int linesPerSecond)
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    // One thread at a time.
    private TimeSpan? _since;
    private int _taken;

    /// <summary>Asks for a line.</summary>
    /// <param name="now">The time, from any fixed origin.</param>
    /// <param name="first">Whether this line is the first of its second that is not to be logged.</param>
    /// <returns>Whether to log it.</returns>
    public bool Take(TimeSpan now, out bool first)
    {
        if (_since is not { } since || now - since >= Second)
        {
            _since = now;
            _taken = 0;
        }

        // Further counting would overflow in the end.
        _taken = Math.Min(_taken + 1, linesPerSecond + 2);
        first = _taken == linesPerSecond + 1;
        return _taken <= linesPerSecond;
    }
}
