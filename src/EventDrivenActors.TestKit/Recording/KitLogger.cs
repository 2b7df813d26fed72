using Akka.Event;
using Akka.TestKit;

namespace EventDrivenActors.TestKit.Recording;

/// <summary>
/// Akka's logger of tests, which also notes the library's errors that no event filter expected; named by
/// <c>hocon/test.conf</c>.
/// </summary>
internal sealed class KitLogger : TestEventListener
{
    protected override void Print(LogEvent logEvent)
    {
        if (logEvent is Error error && error.LogSource.StartsWith("EventDrivenActors", StringComparison.Ordinal))
        {
            EventJournals.Of(Context.System).Add(new KitFinding($"{error.Message}", error.Cause));
        }

        base.Print(logEvent);
    }
}
