namespace EventDrivenActors.Chaos.Crashes;

/// <summary>A way to fail.</summary>
internal enum CrashKind
{
    Throw,
    ExitZero,
    ExitSeven,
    FailFast,
    StackOverflow,

    /// <summary>Takes all memory that the child may have, and keeps it.</summary>
    OutOfMemory,

    /// <summary>Says where it is and stays there, to be killed from outside.</summary>
    Kill,
}
