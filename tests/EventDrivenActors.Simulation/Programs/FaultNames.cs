namespace EventDrivenActors.Simulation.Programs;

/// <summary>The faults of a simulated child.</summary>
internal static class FaultNames
{
    public static string[] Kinds { get; } =
    [
        "DieBefore",
        "DieAfter",
        "DieAtSentByte",
        "DieAtReceivedByte",
        "Freeze",
        "Starve",
        "FailToStart",
        "ExitBefore",
        "Late",
        "Doubled",
        "Forged",
        "LateAfterDeath",
    ];

    public static string[] Words { get; } =
    [
        "Call",
        "Call",
        "DefineMethod",
        "Cancel",
        "Suspend",
        "Resume",
        "Drain",
        "Withdraw",
        "RaiseTaken",
        .. WordsOfChildren,
    ];

    public static string[] WordsOfChildren =>
        [
            "Hello",
            "Ready",
            "Started",
            "Started",
            "Settled",
            "Settled",
            "Settled",
            "Raise",
            "Ended",
            "Suspended",
            "Progress",
            "Leaving",
        ];
}
