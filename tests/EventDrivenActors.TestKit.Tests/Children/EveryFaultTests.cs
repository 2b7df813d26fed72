namespace EventDrivenActors.TestKit.Tests.Children;

/// <summary>Whatever a script makes go wrong, every event ends, and what comes after the faults is handled.</summary>
public sealed class EveryFaultTests : ControllerTestKit
{
    private static readonly EventKey<int, int> Double = new("double");
    private static readonly EventKey<int, int> Safe = new("safe");
    private static readonly Dictionary<string, Action<ChildScript>> Faults = MakeFaults().ToDictionary(fault => fault.Name, fault => fault.Script);

    private Controller _controller = null!;

    public EveryFaultTests()
        : base(configure: options => options.FailOnUnobservedFailures = false)
    {
    }

    private enum Round
    {
        Completed,
        Lost,
        Open,
    }

    public static TheoryData<string> All => [.. Faults.Keys];

    [Theory]
    [MemberData(nameof(All))]
    public async Task Fault_OfEachKind_EndsEveryEventOrKeepsItForTheShutdown(string fault)
    {
        Start(Faults[fault]);

        // A child that shows signs of life keeps what it has not begun.
        Assert.Equal(fault is "stall before Call" or "stall before Started" or "lose Call", await RoundAsync() == Round.Open);
        Assert.Equal(Round.Completed, await RoundAsync());
    }

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public async Task Faults_ManyOfThem_EndEveryEventOrKeepItForTheShutdown(int seed)
    {
        Random random = new(seed);
        string[] faults = random.GetItems([.. Faults.Keys], 4);
        Start(child => Array.ForEach(faults, fault => Faults[fault](child)));

        int rounds = 0;
        while (await RoundAsync() != Round.Completed)
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
        _controller = CreateController(options => options.AddSubprocess(made =>
        {
            child = made.RunInProcess(this);
            made.Mapping.On(Double, (_, number) => 2 * number).On(Safe, (_, number) => 2 * number);
            made.Idempotent(Safe);
            made.EventTimeout = TimeSpan.FromMinutes(1);
            made.KillOnTimeout = true;
            made.Restart.MaxRestarts = 100;
        }));
        script(child);
        _controller.Run();
    }

    private async Task<Round> RoundAsync()
    {
        Pending[] events = [.. Enumerable.Range(0, 4).Select(number => _controller.Dispatch(number % 2 == 0 ? Double : Safe, number))];
        await Time.AdvanceAsync(TimeSpan.FromMinutes(10));
        bool open = events.Any(pending => !pending.IsSettled);
        if (open)
        {
            await Time.DriveAsync(_controller.ShutdownAsync(ShutdownMode.Abort));
            _controller.Run();
        }

        Assert.All(events, pending => Assert.True(pending.IsSettled));
        return open ? Round.Open : events.All(pending => pending.Status == PendingStatus.Completed) ? Round.Completed : Round.Lost;
    }
}
