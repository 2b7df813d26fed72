namespace EventDrivenActors.EventLoop.Mailbox;

/// <summary>
/// The numbers that make the mailbox fast. Each names the row of <c>tests/EventDrivenActors.Benchmarks</c> that notices
/// when it changes.
/// </summary>
internal static class MailboxTuning
{
    /// <summary>The places of a buffer when it gets its first event. Row: <c>idle</c>, by its bytes.</summary>
    public const int FirstPlaces = 4;

    /// <summary>
    /// A loop that has taken more events than this since it was idle expects more, so it looks for them before it
    /// becomes idle. Rows: <c>await-1</c>, whose loop never takes so many, and <c>post</c>.
    /// </summary>
    public const int Batch = 16;

    /// <summary>
    /// Fewer queued events than this are not worth a swap of the buffers in the middle of a batch: the loop pauses once
    /// first. Row: <c>post (1 producer)</c>.
    /// </summary>
    public const int WorthASwap = 16;

    /// <summary>The length of one pause, in spins. Rows: <c>post (1 producer)</c>, <c>pool-noop</c>.</summary>
    public const int Pause = 3;

    /// <summary>
    /// How many times each further look of a worker that stands back at most doubles its pause. Row: <c>pool-noop</c>.
    /// </summary>
    public const int MostDoublings = 3;

    /// <summary>
    /// How many times a consumer looks, with a pause each, before it becomes idle or competes with another worker. On
    /// one processor no other thread adds meanwhile, so it never looks. Rows: <c>post (2 producers)</c>,
    /// <c>pool-noop</c>.
    /// </summary>
    public static readonly int Looks = Environment.ProcessorCount > 1 ? 50 : 0;

    /// <summary>
    /// After so many added events the next idle consumer is woken although one that was woken before has not come. No
    /// row notices it: one with a worker whose thread is held up, such as <c>pool-skew</c> on a dispatcher with one
    /// blocked thread, would. Without it, the other workers would stay idle for as long as that thread is held up.
    /// </summary>
    public const int Patience = 1024;
}
