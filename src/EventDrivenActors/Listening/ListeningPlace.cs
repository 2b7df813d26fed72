using System.Collections.Immutable;

namespace EventDrivenActors.Listening;

/// <summary>
/// Where a controller or pool stands among those that listen. Changed under the lock of <see cref="ListeningHub"/>;
/// read by anyone.
/// </summary>
internal sealed class ListeningPlace
{
    /// <summary>The taps of those that hear it, one for each actor system.</summary>
    public ImmutableArray<EventTap> Taps { get; set; } = [];

    /// <summary>How many listenings it has of others.</summary>
    public int Hears { get; set; }
}
