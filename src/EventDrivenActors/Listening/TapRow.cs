using System.Collections.Immutable;
using EventDrivenActors.EventLoop;

namespace EventDrivenActors.Listening;

/// <summary>Several taps at one loop: its own and those of its pool, of several actor systems.</summary>
internal sealed class TapRow : ITap
{
    private readonly ImmutableArray<EventTap> _taps;

    private TapRow(ImmutableArray<EventTap> taps) => _taps = taps;

    /// <summary>One tap for all; <see langword="null"/> for none.</summary>
    public static ITap? Of(ImmutableArray<EventTap> taps) =>
        taps switch
        {
            [] => null,
            [var only] => only,
            _ => new TapRow(taps),
        };

    public bool Hears(object key) => _taps.Any(tap => tap.Hears(key));

    public void Taken(Session session)
    {
        foreach (EventTap tap in _taps)
        {
            tap.Taken(session);
        }
    }
}
