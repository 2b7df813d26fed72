namespace EventDrivenActors.TestKit;

/// <summary>
/// What a simulation may do to a program, and for how long. A replay needs the options of the run that it repeats.
/// </summary>
public sealed class SimulationOptions
{
    /// <summary>
    /// Whether children die: before and after each word of theirs, in the middle of one, and when nothing happens; also
    /// such that their last words come late or never, and such that exit by themselves.
    /// </summary>
    /// <value>Default <see langword="true"/>.</value>
    public bool ChildDeaths { get; set; } = true;

    /// <summary>Whether children cannot be started at times.</summary>
    /// <value>Default <see langword="true"/>.</value>
    public bool FailedStarts { get; set; } = true;

    /// <summary>Whether what a child says or hears is late at times.</summary>
    /// <value>Default <see langword="true"/>.</value>
    public bool LateWords { get; set; } = true;

    /// <summary>
    /// Whether children stand still for a while, or take no work, as one whose threads are all blocked.
    /// </summary>
    /// <value>Default <see langword="true"/>.</value>
    public bool Freezes { get; set; } = true;

    /// <summary>Whether the clock jumps when nothing else can happen, as it does when the machine has slept.</summary>
    /// <value>Default <see langword="true"/>.</value>
    public bool ClockJumps { get; set; } = true;

    /// <summary>
    /// Whether the seed chooses the order of turns and continuations; otherwise they come in the order in which they
    /// were queued.
    /// </summary>
    /// <value>Default <see langword="true"/>.</value>
    public bool Interleavings { get; set; } = true;

    /// <summary>
    /// Whether the children of the program are simulated. One whose options were given to
    /// <see cref="ChildScriptExtensions.RunInProcess"/> never is.
    /// </summary>
    /// <value>Default <see langword="true"/>. With <see langword="false"/> they are real processes in real time, whose
    /// words come in an order that no seed chooses.</value>
    public bool SimulateChildren { get; set; } = true;

    /// <summary>The first seed; the others follow it.</summary>
    /// <value>Default 1.</value>
    public int FirstSeed { get; set; } = 1;

    /// <summary>
    /// The longest virtual time of a run, jumps of the clock not counted; what still waits then counts as a hang.
    /// </summary>
    /// <value>100 ns to 10 years, or infinite. Default 1 h.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is none of these.</exception>
    public TimeSpan TimeLimit
    {
        get;
        set => field = TimeOption.Require(value, nameof(TimeLimit));
    } = TimeSpan.FromHours(1);

    /// <summary>The most turns and continuations of a run; a program that takes more counts as endless.</summary>
    /// <value>At least 1. Default 200,000.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is less.</exception>
    public int StepLimit
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            field = value;
        }
    } = 200_000;

    /// <summary>How many runs may be spent on making a failure smaller.</summary>
    /// <value>0 or more. Default 200. With 0 the failure is reported as it was found.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is negative.</exception>
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
