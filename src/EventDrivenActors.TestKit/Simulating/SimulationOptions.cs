namespace EventDrivenActors.TestKit;

/// <summary>
/// Options of a simulation: the faults that may happen, and the limits of a run. A replay needs the same options as the
/// run that it repeats.
/// </summary>
public sealed class SimulationOptions
{
    /// <summary>
    /// Whether children die: before or after a message, in the middle of one, or while nothing happens. Their last
    /// messages may come late or never, and some children exit by themselves.
    /// </summary>
    /// <value>Default <see langword="true"/>.</value>
    public bool ChildDeaths { get; set; } = true;

    /// <summary>Whether children sometimes fail to start.</summary>
    /// <value>Default <see langword="true"/>.</value>
    public bool FailedStarts { get; set; } = true;

    /// <summary>Whether messages from and to a child are sometimes late.</summary>
    /// <value>Default <see langword="true"/>.</value>
    public bool LateWords { get; set; } = true;

    /// <summary>
    /// Whether children sometimes freeze for a while, or start no work, like a process whose threads are all blocked.
    /// </summary>
    /// <value>Default <see langword="true"/>.</value>
    public bool Freezes { get; set; } = true;

    /// <summary>
    /// Whether the clock sometimes jumps when nothing else can happen, as after the machine has slept.
    /// </summary>
    /// <value>Default <see langword="true"/>.</value>
    public bool ClockJumps { get; set; } = true;

    /// <summary>
    /// Whether the seed chooses the order of turns and continuations; otherwise they come in the order in which they
    /// were queued.
    /// </summary>
    /// <value>Default <see langword="true"/>.</value>
    public bool Interleavings { get; set; } = true;

    /// <summary>
    /// Whether the children of the program are simulated. A child whose options were passed to
    /// <see cref="ChildScriptExtensions.RunInProcess"/> never is.
    /// </summary>
    /// <value>
    /// Default <see langword="true"/>. With <see langword="false"/> they are real processes in real time, and no seed
    /// chooses the order of their messages.
    /// </value>
    public bool SimulateChildren { get; set; } = true;

    /// <summary>The first seed; the others follow it.</summary>
    /// <value>Default 1.</value>
    public int FirstSeed { get; set; } = 1;

    /// <summary>
    /// The longest virtual time of a run, not counting jumps of the clock. A program that still waits then counts as
    /// hanging.
    /// </summary>
    /// <value>100 ns to 10 years, or infinite. Default 1 h.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of this range.</exception>
    public TimeSpan TimeLimit
    {
        get;
        set => field = TimeOption.Require(value, nameof(TimeLimit));
    } = TimeSpan.FromHours(1);

    /// <summary>The most turns and continuations of a run; a program that takes more counts as endless.</summary>
    /// <value>At least 1. Default 200,000.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public int StepLimit
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            field = value;
        }
    } = 200_000;

    /// <summary>The most runs that the kit spends on making a failure smaller.</summary>
    /// <value>0 or more. Default 200. With 0, the kit reports the failure as it found it.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public int ShrinkLimit
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            field = value;
        }
    } = 200;
}
