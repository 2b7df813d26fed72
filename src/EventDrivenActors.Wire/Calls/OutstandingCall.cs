namespace EventDrivenActors.Wire.Calls;

/// <summary>An event that the caller has accepted for a holder and that has not settled.</summary>
internal abstract class OutstandingCall(
    long id,
    object key,
    int token,
    ReadOnlyMemory<byte> payload,
    bool idempotent,
    int attempt
)
{
    public long Id => id;

    public object Key => key;

    /// <summary>The token of the method, 0 for an event.</summary>
    public int Token => token;

    public ReadOnlyMemory<byte> Payload => payload;

    public bool Idempotent => idempotent;

    /// <summary>The only holder that it is for, and with which it dies; null when any will do.</summary>
    public HeldCalls? BoundTo { get; init; }

    /// <summary>Which delivery this is of those that started, or may have, from 1.</summary>
    public int Attempt { get; set; } = attempt;

    /// <summary>How many deaths of its holder it is charged with.</summary>
    public int Charges { get; set; } = attempt - 1;

    /// <summary>Whether it was running when its holder died, so that it is delivered alone from now on.</summary>
    public bool IsSuspect { get; set; }

    /// <summary>How many holders died while they took it in.</summary>
    public int Arrivals { get; set; }

    /// <summary>Whether it had started in one of the holders that died with it; null when nobody knows.</summary>
    public bool? Ran { get; private set; } = false;

    /// <summary>The holder that has it; null while it waits.</summary>
    public HeldCalls? Holder { get; set; }

    /// <summary>Which of all the calls that this holder was ever sent it is, from 1.</summary>
    public long Number { get; set; }

    /// <summary>Where the holder marks its start: no other call that it holds has the same.</summary>
    public int Slot { get; set; }

    /// <summary>Whether the holder has said that it started.</summary>
    public bool Started { get; set; }

    /// <summary>Whether it is to be cancelled, although it may have started.</summary>
    public bool Cancelled { get; set; }

    /// <summary>Whether it is to be cancelled unless it has started.</summary>
    public bool Withdrawn { get; set; }

    /// <summary>Whether another holder never gets it.</summary>
    public bool Unwanted => Cancelled || Withdrawn;

    /// <summary>How long its handlers may take; null for no limit.</summary>
    public TimeSpan? Limit { get; init; }

    /// <summary>
    /// The time that they may take in the holder that has it: as <see cref="Limit"/>, or more where it is cold.
    /// </summary>
    public TimeSpan? Allowed { get; set; }

    /// <summary>
    /// Whether its time was up here before its holder has said how it ended; that message then comes too late, and is
    /// ignored.
    /// </summary>
    public bool TimedOutHere { get; set; }

    /// <summary>When that time is up, once it has started.</summary>
    public TimeSpan? Due { get; set; }

    /// <summary>Whether its outcome is known and only the end of its handler is awaited.</summary>
    public bool Settled { get; set; }

    /// <summary>
    /// Hears the progress of its handlers, and is given what to do when it has heard it; null where nobody listens.
    /// </summary>
    public Action<object?, Action>? Progress { get; init; }

    /// <summary>Its holder has died.</summary>
    /// <param name="started">Whether it had started there; null when nobody knows.</param>
    public void Died(bool? started) =>
        Ran =
            started == true || Ran == true ? true
            : started is null ? null
            : Ran;

    /// <summary>Gives the owner of the event its outcome.</summary>
    public abstract void Settle(EventOutcome outcome);
}
