using EventDrivenActors.Subprocess.Launching;
using EventDrivenActors.Subprocess.Supervision;

namespace EventDrivenActors.Subprocess.Parent;

/// <summary>The user's choices for a controller's children, as they were when the controller was made.</summary>
internal sealed record ParentOptions
{
    public required RosterRules Rules { get; init; }

    /// <summary>Gives numbers from 0 to 1, by which the delays before restarts differ.</summary>
    public required Func<double> Jitter { get; init; }

    /// <summary>Says how many bytes of memory a process takes.</summary>
    public required Func<int, long> MeasureMemory { get; init; }

    /// <summary>Whether a handler that ignores its time-out may cost its child its life.</summary>
    public required bool KillsOnTimeout { get; init; }

    /// <summary>The handlers and hooks of a child.</summary>
    public required IReadOnlyList<MappingEntry> Handlers { get; init; }

    /// <summary>The types that cross although no signature names them.</summary>
    public required IReadOnlyCollection<Type> AllowedTypes { get; init; }

    /// <summary>The keys of events that are delivered again although they had started.</summary>
    public required HashSet<object> IdempotentKeys { get; init; }

    public required int MaxPayloadBytes { get; init; }

    public required int MaxAttempts { get; init; }

    /// <summary>The most calls that a child is sent at a time; null for the default.</summary>
    public required int? MaxInFlight { get; init; }

    /// <summary>How long handlers may take; null for the default, which is no limit.</summary>
    public required TimeSpan? EventTimeout { get; init; }

    /// <summary>How long the handlers of a child's first events may take; null for no longer than others.</summary>
    public required TimeSpan? FirstEventTimeout { get; init; }

    /// <summary>How long the set-up of a child may take; null for what the settings say.</summary>
    public required TimeSpan? SetupTimeout { get; init; }

    /// <summary>The type that a child makes to build its workers; null for none.</summary>
    public required Type? Setup { get; init; }

    /// <summary>The functions that a child runs before it is ready.</summary>
    public required IReadOnlyList<Delegate> WarmUps { get; init; }

    /// <summary>Gets the lines that children write; null to log them.</summary>
    public required Action<ChildOutput>? OutputReceived { get; init; }

    /// <summary>The user's choices for the process of the next child.</summary>
    public required Func<ChildPlacement> Place { get; init; }

    /// <summary>Starts the children; null for processes.</summary>
    public required ChildLauncher? Launcher { get; init; }

    /// <summary>The clock of the link; null for the controller's.</summary>
    public required TimeProvider? LinkTime { get; init; }

    /// <summary>
    /// The clock of a child that has ended: the system's, whatever clock the application has, save in a simulation,
    /// which gives one for the link.
    /// </summary>
    public TimeProvider EndTime => LinkTime ?? TimeProvider.System;
}
