namespace EventDrivenActors.Subprocess.Tests.Fakes;

/// <summary>Every fault at every step, and what each does. A new step has all faults from the start.</summary>
internal static class FaultTable
{
    private static readonly Step[] Reading =
    [
        Step.Spawn,
        Step.StartMessage,
        Step.Connect,
        Step.Welcome,
        Step.DefineMethod,
        Step.Call,
        Step.Drain,
        Step.Close,
    ];

    public static IEnumerable<(Step Step, FaultKind Kind)> All() =>
        from step in Enum.GetValues<Step>()
        from kind in Enum.GetValues<FaultKind>()
        where Exists(step, kind)
        select (step, kind);

    public static Expected Of(Step step, FaultKind kind) =>
        (step, kind) switch
        {
            (_, FaultKind.Trickle) => Expected.Harmless,
            (
                Step.Associate
                    or Step.FirstEnvelope
                    or Step.DefineMethod
                    or Step.Started
                    or Step.Raise,
                FaultKind.Withhold
            ) => Expected.Harmless,
            (Step.Call or Step.Settled or Step.Cancel or Step.Suspended or Step.Acknowledge, FaultKind.Withhold) =>
                Expected.Open,
            ( <= Step.Ready, _) => Expected.Retried,
            (Step.Drain or Step.Close, _) => Expected.Harmless,
            _ => Expected.Lost,
        };

    private static bool Exists(Step step, FaultKind kind) =>
        (step, kind) switch
        {
            (_, FaultKind.Lie) => false,
            (Step.Spawn, _) => kind == FaultKind.Die,
            (Step.Welcome, FaultKind.Withhold) => false,
            (_, FaultKind.Half or FaultKind.Trickle) => !Reading.Contains(step),
            _ => true,
        };
}
