using EventDrivenActors.Subprocess;

namespace EventDrivenActors;

/// <summary>When a child that works well is replaced by a fresh one, as planned.</summary>
/// <remarks>
/// The fresh child is started first. When it is ready it takes the events that still wait, while the old one finishes
/// what it has been sent and then leaves; both together never run more than <see cref="SubprocessOptions.Workers"/>
/// handlers, and events still start in order. Nothing is lost, and it does not count as a restart. A child in which
/// remote objects live is not replaced until they have been disposed, however long that takes; calls of remote objects
/// count as events. Only the hard limit of memory does not wait.
/// </remarks>
public sealed class RecyclingOptions
{
    /// <summary>
    /// How many events a child takes; the next ones wait for the fresh child, which takes no time with a
    /// <see cref="SubprocessOptions.WarmSpare"/>.
    /// </summary>
    /// <remarks>
    /// It takes more while no fresh child can be started, or while the one before it has not finished.
    /// </remarks>
    /// <value>Default <see langword="null"/>: no limit.</value>
    public int? MaxEvents { get; set; }

    /// <summary>How long a child serves, from when it takes its first events.</summary>
    /// <value>100 ns to 10 years. Default <see langword="null"/>, which is as <see cref="Timeout.InfiniteTimeSpan"/>:
    /// no limit.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is none of these.</exception>
    public TimeSpan? MaxAge
    {
        get;
        set => field = TimeOption.Require(value, "Recycling.MaxAge");
    }

    /// <summary>The resident memory in bytes above which a child is replaced, once it has taken an event.</summary>
    /// <value>Default <see langword="null"/>: no limit.</value>
    public long? SoftMemoryLimit { get; set; }

    /// <summary>
    /// The resident memory in bytes above which a child is killed at once; its events end as when a child dies, and it
    /// counts as a restart.
    /// </summary>
    /// <value>Default <see langword="null"/>: no limit.</value>
    public long? HardMemoryLimit { get; set; }

    /// <summary>How often the memory of children is measured; only where there is a limit.</summary>
    /// <value>100 ns to 10 years, or infinite for never. Default 1 s.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is none of these.</exception>
    public TimeSpan MemoryInterval
    {
        get;
        set => field = TimeOption.Require(value, "Recycling.MemoryInterval");
    } = TimeSpan.FromSeconds(1);

    internal void Validate()
    {
        OptionRange.Require(
            MaxEvents is not < 1,
            "Recycling.MaxEvents",
            MaxEvents,
            "at least 1, or null for no limit"
        );
        OptionRange.Require(
            SoftMemoryLimit is not < 1,
            "Recycling.SoftMemoryLimit",
            SoftMemoryLimit,
            "at least 1, or null for no limit"
        );
        OptionRange.Require(
            HardMemoryLimit is not < 1,
            "Recycling.HardMemoryLimit",
            HardMemoryLimit,
            "at least 1, or null for no limit"
        );
        OptionRange.Require(
            !(HardMemoryLimit < SoftMemoryLimit),
            "Recycling.HardMemoryLimit",
            HardMemoryLimit,
            $"at least SoftMemoryLimit, '{SoftMemoryLimit}'"
        );
    }
}
