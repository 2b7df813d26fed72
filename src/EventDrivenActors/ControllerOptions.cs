using Akka.Actor;

namespace EventDrivenActors;

/// <summary>How a controller is made. Read once, when it is created.</summary>
public class ControllerOptions
{
    /// <summary>The name for messages and logs.</summary>
    /// <value>Default "controller-" and a number.</value>
    public string? Name { get; set; }

    /// <summary>Its handlers and hooks; copied when the controller is created.</summary>
    /// <value>Default empty.</value>
    public MappingBlueprint Mapping { get; set; } = new();

    /// <summary>The outermost layer of context.</summary>
    /// <value>Default empty.</value>
    public SessionContext Context { get; set; } = SessionContext.Empty;

    /// <summary>Its adapters, installed in this order and closed in reverse.</summary>
    public IList<IAdapter> Adapters { get; } = [];

    /// <summary>The most events that may be queued.</summary>
    /// <value>Default <see langword="null"/>: no limit.</value>
    public int? Capacity { get; set; }

    /// <summary>How a full queue treats a new event.</summary>
    /// <value>Default <see cref="QueueFullMode.Wait"/>.</value>
    public QueueFullMode FullMode { get; set; } = QueueFullMode.Wait;

    /// <summary>Whether dispatching to a suspended controller throws instead of queueing.</summary>
    /// <value>Default <see langword="false"/>.</value>
    public bool ThrowWhenSuspended { get; set; }

    /// <summary>How long the handlers of an event may take.</summary>
    /// <value>100 ns to 10 years. Default <see langword="null"/>, which is as <see cref="Timeout.InfiniteTimeSpan"/>:
    /// no limit.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is none of these.</exception>
    public TimeSpan? EventTimeout
    {
        get;
        set => field = TimeOption.Require(value, nameof(EventTimeout));
    }

    /// <summary>How many controllers a forwarded event may pass; above 0, <c>Listen</c> may close cycles.</summary>
    /// <value>Default 0: cycles are refused.</value>
    public int HopLimit { get; set; }

    /// <summary>
    /// Where its actor is made: an actor's context makes it that actor's child, watched and supervised by it.
    /// </summary>
    /// <value>Default <see langword="null"/>: the runtime's actor system.</value>
    public IActorRefFactory? ActorFactory { get; set; }

    internal virtual void Validate()
    {
        if (Name is { Length: 0 })
        {
            throw new ArgumentException(
                "The controller's name is \"\"; give it a name, or leave it null for a generated one."
            );
        }

        if (Capacity is < 1)
        {
            throw new ArgumentException($"The capacity is '{Capacity}'; it must be at least 1, or null for no limit.");
        }

        if (HopLimit < 0)
        {
            throw new ArgumentException($"The hop limit is '{HopLimit}'; it must be 0 or above.");
        }
    }
}
