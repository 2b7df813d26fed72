namespace EventDrivenActors.Chaos.Soaking;

/// <summary>What share of the events of a load does what; the rest works, half of it idempotent.</summary>
internal sealed record LoadMix
{
    /// <summary>The time limit of handlers of a child with a kill ladder.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromMilliseconds(500);

    public static LoadMix Ordered { get; } =
        new()
        {
            IsOrdered = true,
            Exits = 0.0002,
            PoisonedExits = 0.0001,
        };

    public static LoadMix Ladder { get; } =
        new()
        {
            HasLadder = true,
            Obeys = 0.001,
            Ignores = 0.0002,
        };

    public static LoadMix Pool { get; } = new() { Exits = 0.0002 };

    /// <summary>Whether the controller has one worker, so that the order of starts is that of dispatches.</summary>
    public bool IsOrdered { get; private init; }

    public bool HasLadder { get; private init; }

    public double Throws { get; } = 0.05;

    public double Submits { get; } = 0.2;

    public double Cancels { get; } = 0.05;

    public double Exits { get; private init; }

    public double PoisonedExits { get; private init; }

    public double Obeys { get; private init; }

    public double Ignores { get; private init; }
}
