namespace EventDrivenActors.TestKit.Children;

/// <summary>What goes wrong with a simulated child at its place.</summary>
internal enum SimulatedFaultKind
{
    /// <summary>It is killed before the word: neither sends nor takes it.</summary>
    DieBefore,

    /// <summary>It is killed right after the word: what it has sent arrives, before or after its end is seen.</summary>
    DieAfter,

    /// <summary>It is killed after so many bytes that it has sent; a frame may be cut.</summary>
    DieAtSentByte,

    /// <summary>It is killed after so many bytes that it has received; a frame may be cut.</summary>
    DieAtReceivedByte,

    /// <summary>
    /// It stands still at the word, which does not get out or is not taken, for so many virtual milliseconds; with 0
    /// for good.
    /// </summary>
    Freeze,

    /// <summary>
    /// From the word on its thread pool is stuck, which its signs of life say: it takes messages and starts nothing,
    /// for so many virtual milliseconds; with 0 for good.
    /// </summary>
    Starve,

    /// <summary>The next child cannot be started.</summary>
    FailToStart,

    /// <summary>It exits before the word, with the amount as its exit code.</summary>
    ExitBefore,

    /// <summary>The word and all after it in its direction arrive so many virtual milliseconds later.</summary>
    Late,

    /// <summary>The word comes twice.</summary>
    Doubled,

    /// <summary>
    /// Before the word the child says what it may not; the amount is a <see cref="SimulatedForgery"/>.
    /// </summary>
    Forged,

    /// <summary>
    /// It is killed right after the word, and what it had sent that has not arrived by then does so only so many
    /// virtual milliseconds after its end was seen; with a negative amount never.
    /// </summary>
    LateAfterDeath,
}
