namespace EventDrivenActors.TestKit.Tests.Children;

/// <summary>Whatever a script makes go wrong, every event ends, and what comes after the faults is handled.</summary>
public sealed class EveryFaultTests : ControllerTestKit
{
    private static readonly EventKey<int, int> Double = new("double");
    private static readonly EventKey<int, int> Safe = new("safe");
    private static readonly Dictionary<string, Action<ChildScript>> Faults = MakeFaults()
        .ToDictionary(fault => fault.Name, fault => fault.Script);

    private Controller _controller = null!;

    public EveryFaultTests()
        : base(configure: options => options.FailOnUnobservedFailures = false) { }

    public static TheoryData<string> All => [.. Faults.Keys];

    [Theory]
    [MemberData(nameof(All))]
    public async Task Fault_OfEachKind_EndsEveryEventOrKeepsItForTheShutdown(string fault)
    {
        Start(Faults[fault]);

        if (!Ends(fault))
        {
            await AbortedRoundAsync();
        }
        else
        {
            await RoundAsync();
        }

        Assert.True(await RoundAsync());
    }

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public async Task Faults_ManyOfThem_EndEveryEventOrKeepItForTheShutdown(int seed)
    {
        Random random = new(seed);
        string[] faults = random.GetItems([.. Faults.Keys.Where(Ends)], 4);
        Start(child => Array.ForEach(faults, fault => Faults[fault](child)));

        int rounds = 0;
        while (!await RoundAsync())
        {
            Assert.InRange(++rounds, 1, faults.Length);
        }
    }

    private static IEnumerable<(string Name, Action<ChildScript> Script)> MakeFaults()
    {
        foreach (ChildStep step in Enum.GetValues<ChildStep>())
        {
            yield return ($"die before {step}", child => child.DieBefore(step));
            yield return ($"stall before {step}", child => child.StallBefore(step));
            yield return ($"lose {step}", child => child.Lose(step));
        }

        yield return ("die after 1", child => child.DieAfter(1));
        yield return ("die after 2", child => child.DieAfter(2));
        yield return ("fail to start", child => child.FailToStart(2));
    }

    private void Start(Action<ChildScript> script)
    {
        ChildScript child = null!;
        _controller = CreateController(options =>
            options.AddSubprocess(made =>
            {
                child = made.RunInProcess(this);
                made.Mapping.On(Double, (_, number) => 2 * number).On(Safe, (_, number) => 2 * number);
                made.Idempotent(Safe);
                made.EventTimeout = TimeSpan.FromMinutes(1);
                made.KillOnTimeout = true;
                made.Restart.MaxRestarts = 100;
            })
        );
        script(child);
        _controller.Run();
    }

    /// <summary>A child that shows signs of life keeps what it has not begun.</summary>
    private static bool Ends(string fault) =>
        fault is not ("stall before Call" or "stall before Started" or "lose Call");

    /// <summary>Waits until four events have ended, and tells whether all were handled.</summary>
    private async Task<bool> RoundAsync()
    {
        Pending[] events = DispatchFour();
        foreach (Pending pending in events)
        {
            await Time.DriveAsync(pending.SettledAsync());
        }

        return events.All(pending => pending.Status == PendingStatus.Completed);
    }

    private async Task AbortedRoundAsync()
    {
        Pending[] events = DispatchFour();
        await Time.AdvanceAsync(TimeSpan.FromMinutes(10));
        Assert.Contains(events, pending => !pending.IsSettled);

        await Time.DriveAsync(_controller.ShutdownAsync(ShutdownMode.Abort));
        Assert.All(events, pending => Assert.True(pending.IsSettled));
        _controller.Run();
    }

    private Pending[] DispatchFour() =>
        [.. Enumerable.Range(0, 4).Select(number => _controller.Dispatch(number % 2 == 0 ? Double : Safe, number))];
}
