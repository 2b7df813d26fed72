using EventDrivenActors.Wire.Channel;

namespace EventDrivenActors.Subprocess.Child;

/// <summary>
/// Holds the end of the process until what was said has arrived, for a second at most: <see cref="Environment.Exit"/>
/// would outrun it.
/// </summary>
internal sealed class ExitFlush : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);
    private readonly ILink _link;

    public ExitFlush(ILink link)
    {
        _link = link;
        AppDomain.CurrentDomain.ProcessExit += OnExit;
    }

    public void Dispose() => AppDomain.CurrentDomain.ProcessExit -= OnExit;

    private void OnExit(object? sender, EventArgs arguments) =>
        ((IAsyncResult)_link.DrainAsync()).AsyncWaitHandle.WaitOne(Limit);
}
