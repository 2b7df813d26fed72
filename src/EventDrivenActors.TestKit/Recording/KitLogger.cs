using Akka.Event;
using Akka.TestKit;

namespace EventDrivenActors.TestKit.Recording;

/// <summary>
/// Akka's test logger, which also records errors of the library that no event filter expected; <c>hocon/test.conf</c>
/// names it.
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
