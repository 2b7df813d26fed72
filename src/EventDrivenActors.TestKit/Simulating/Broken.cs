namespace EventDrivenActors.TestKit.Simulating;

/// <summary>The failure of a run.</summary>
/// <param name="Kind">Identifies the failure: a smaller run fails in the same way if its kind is equal.</param>
/// <param name="Says">The failure, as the rest of a sentence that begins with the seed.</param>
/// <param name="Reason">The message of the invariant or of the program.</param>
internal sealed record Broken(string Kind, string Says, string Reason)
{
    /// <summary>The name of the broken invariant; null for other failures.</summary>
    public string? Invariant { get; init; }

    public Exception? Exception { get; init; }

    /// <summary>Whether a handler blocks the thread, so that another run would take as long again.</summary>
    public bool IsBlocked { get; init; }

    public static Broken OfInvariant(string name, Exception? exception) =>
        new($"invariant {name}", $"breaks '{name}'", exception?.Message ?? "It does not hold.")
        {
            Invariant = name,
            Exception = exception,
        };

    public static Broken OfProgram(Exception exception) =>
        new($"program {exception.GetType()}", "fails the program", $"{exception.GetType()}: {exception.Message}")
        {
            Exception = exception,
        };

    public static Broken OfFindings(IReadOnlyList<KitFinding> findings) =>
        new(
            $"finding {findings[0].Exception?.GetType().ToString() ?? findings[0].Message}",
            $"ends with {findings.Count} unobserved finding(s)",
            string.Join(Environment.NewLine, findings)
        )
        {
            Exception = findings[0].Exception,
        };

    public static Broken OfHang(string what, string open) =>
        new(
            "hang",
            "does not end",
            open.Length == 0 ? what : $"{what} These events are open:{Environment.NewLine}{open}"
        );

    public static Broken OfEndless(long steps, string last) =>
        new(
            "endless",
            "does not end",
            $"It had made {steps} steps, and more were left to make: events make new events without end. "
                + $"{nameof(SimulationOptions.StepLimit)} is the limit.{Environment.NewLine}{last}"
        );

    public static Broken OfBlocking(TimeSpan limit, string last) =>
        new(
            "blocked",
            "does not end",
            $"A handler or the program blocks the one thread: nothing has gone on for {limit} of real time. Await "
                + $"what it waits for.{Environment.NewLine}{last}"
        )
        {
            IsBlocked = true,
        };
}
