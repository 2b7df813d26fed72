using EventDrivenActors.TestKit.Children;
using EventDrivenActors.TestSupport;

namespace EventDrivenActors.TestKit.Tests.Children;

/// <summary>
/// A simulated child is a real worker at a real link, on the virtual clock: what becomes of its events is what becomes
/// of those of a process.
/// </summary>
public sealed class SimulatedChildTests : ControllerTestKit
{
    private static readonly EventKey<int, int> Double = new("double");
    private static readonly EventKey<int, int> Safe = new("safe");
    private readonly List<string> _trace = [];
    private SimulatedChildren _children = null!;
    private Controller _controller = null!;

    public SimulatedChildTests()
        : base(configure: options => options.FailOnUnobservedFailures = false) { }

    [Fact]
    public async Task Event_RunsInAChild()
    {
        Start();

        Assert.Equal(4, await Time.DriveAsync(_controller.Dispatch(Double, 2)));
        Assert.Equal(1, _children.Living);
    }

    [Fact]
    public async Task Shutdown_EndsTheChildAsAProcessEnds()
    {
        Start();

        // The clock stands still, so that the child has all the time it needs, for its start as for its end.
        await _controller.Dispatch(Double, 2).Guarded();
        await _controller.ShutdownAsync().Guarded();

        Assert.Equal(0, _children.Living);
        Assert.Equal(["child 1 starts", "child 1 exits with code 0"], _trace);
    }

    /// <summary>
    /// What the event ends as during which the fault happens: it runs, or is about to, or has just ended.
    /// </summary>
    [Theory]
    [InlineData(SimulatedFaultKind.DieBefore, SimulatedWord.Hello, 0, "Completed")]
    [InlineData(SimulatedFaultKind.DieAfter, SimulatedWord.Hello, 0, "Completed")]
    [InlineData(SimulatedFaultKind.DieBefore, SimulatedWord.Ready, 0, "Completed")]
    [InlineData(SimulatedFaultKind.DieAfter, SimulatedWord.Ready, 0, "Completed")]
    [InlineData(SimulatedFaultKind.DieBefore, SimulatedWord.Call, 0, "Completed")]
    [InlineData(SimulatedFaultKind.DieAfter, SimulatedWord.Call, 0, "Completed|ChildLost")]
    [InlineData(SimulatedFaultKind.DieBefore, SimulatedWord.Started, 0, "ChildLost")]
    [InlineData(SimulatedFaultKind.DieAfter, SimulatedWord.Started, 0, "ChildLost")]
    [InlineData(SimulatedFaultKind.DieBefore, SimulatedWord.Settled, 0, "ChildLost")]
    [InlineData(SimulatedFaultKind.DieAfter, SimulatedWord.Settled, 0, "Completed")]
    [InlineData(SimulatedFaultKind.DieAtSentByte, SimulatedWord.None, 0, "Completed")]
    [InlineData(SimulatedFaultKind.DieAtSentByte, SimulatedWord.None, 3, "Completed")]
    [InlineData(SimulatedFaultKind.DieAtSentByte, SimulatedWord.None, 150, "Completed")]
    [InlineData(SimulatedFaultKind.DieAtSentByte, SimulatedWord.None, 165, "Completed|ChildLost")]
    [InlineData(SimulatedFaultKind.DieAtReceivedByte, SimulatedWord.None, 3, "Completed")]
    [InlineData(SimulatedFaultKind.DieAtReceivedByte, SimulatedWord.None, 90, "Completed|ChildLost")]
    [InlineData(SimulatedFaultKind.Freeze, SimulatedWord.Hello, 0, "Completed")]
    [InlineData(SimulatedFaultKind.Freeze, SimulatedWord.Ready, 0, "Completed")]
    [InlineData(SimulatedFaultKind.Freeze, SimulatedWord.Call, 0, "Completed")]
    [InlineData(SimulatedFaultKind.Freeze, SimulatedWord.Call, 2000, "Completed")]
    [InlineData(SimulatedFaultKind.Freeze, SimulatedWord.Settled, 0, "ChildLost")]
    [InlineData(SimulatedFaultKind.Freeze, SimulatedWord.Settled, 9000, "Completed")]
    [InlineData(SimulatedFaultKind.Starve, SimulatedWord.Call, 20000, "Completed")]
    [InlineData(SimulatedFaultKind.Starve, SimulatedWord.Hello, 20000, "Completed")]
    [InlineData(SimulatedFaultKind.FailToStart, SimulatedWord.None, 0, "Completed")]
    [InlineData(SimulatedFaultKind.ExitBefore, SimulatedWord.Hello, 3, "Completed")]
    [InlineData(SimulatedFaultKind.ExitBefore, SimulatedWord.Settled, 0, "ChildLost")]
    [InlineData(SimulatedFaultKind.ExitBefore, SimulatedWord.Settled, 3, "ChildLost")]
    [InlineData(SimulatedFaultKind.Late, SimulatedWord.Hello, 500, "Completed")]
    [InlineData(SimulatedFaultKind.Late, SimulatedWord.Call, 500, "Completed")]
    [InlineData(SimulatedFaultKind.Late, SimulatedWord.Settled, 500, "Completed")]
    [InlineData(SimulatedFaultKind.Doubled, SimulatedWord.Ready, 0, "Completed|ChildLost")]
    [InlineData(SimulatedFaultKind.Doubled, SimulatedWord.Started, 0, "Completed")]
    [InlineData(SimulatedFaultKind.Doubled, SimulatedWord.Settled, 0, "Completed")]
    [InlineData(SimulatedFaultKind.Forged, SimulatedWord.Settled, (int)SimulatedForgery.SettledUnknown, "ChildLost")]
    [InlineData(SimulatedFaultKind.Forged, SimulatedWord.Settled, (int)SimulatedForgery.StartedUnknown, "Completed")]
    [InlineData(SimulatedFaultKind.Forged, SimulatedWord.Settled, (int)SimulatedForgery.SettledOfTheDead, "ChildLost")]
    [InlineData(SimulatedFaultKind.Forged, SimulatedWord.Settled, (int)SimulatedForgery.StartedOfTheDead, "Completed")]
    [InlineData(SimulatedFaultKind.Forged, SimulatedWord.Settled, (int)SimulatedForgery.Garbage, "ChildLost")]
    [InlineData(SimulatedFaultKind.Forged, SimulatedWord.Settled, (int)SimulatedForgery.UnknownFrame, "ChildLost")]
    [InlineData(SimulatedFaultKind.Forged, SimulatedWord.Settled, (int)SimulatedForgery.WordOfTheParent, "ChildLost")]
    [InlineData(SimulatedFaultKind.Forged, SimulatedWord.Settled, (int)SimulatedForgery.EndlessFrame, "ChildLost")]
    [InlineData(SimulatedFaultKind.Forged, SimulatedWord.Settled, (int)SimulatedForgery.Stray, "Completed")]
    [InlineData(SimulatedFaultKind.LateAfterDeath, SimulatedWord.Settled, 100, "Completed")]
    [InlineData(SimulatedFaultKind.LateAfterDeath, SimulatedWord.Settled, 2000, "ChildLost")]
    [InlineData(SimulatedFaultKind.LateAfterDeath, SimulatedWord.Settled, -1, "ChildLost")]
    internal async Task Fault_EndsItsEventAsTheContractSays_AndTheNextOneIsHandled(
        SimulatedFaultKind kind,
        SimulatedWord word,
        int amount,
        string ends
    )
    {
        Start();
        _children.Add(new SimulatedFault(kind, word, 1, amount));

        string ended = await EndOfAsync(_controller.Dispatch(Double, 2));
        Assert.Contains(ended, ends.Split('|'));
        string safe = await EndOfAsync(_controller.Dispatch(Safe, 2));
        Assert.Equal("Completed", safe);
        Assert.Equal(0, _children.Waiting);

        await Time.DriveAsync(_controller.ShutdownAsync());
        Assert.Equal(0, _children.Living);
    }

    private async Task<string> EndOfAsync(Pending<int> pending)
    {
        await ((Task)Time.DriveAsync(pending)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return pending.Status.ToString();
    }

    private static int Twice(Session session, int number) => 2 * number;

    private void Start(Action<SubprocessOptions>? configure = null)
    {
        _controller = CreateController(options =>
            options.AddSubprocess(child =>
            {
                _children = new SimulatedChildren(Journals.Work, Time, Sys, new Random(1))
                {
                    Trace = line =>
                    {
                        lock (_trace)
                        {
                            _trace.Add(line);
                        }
                    },
                };
                _children.Attach(child);
                child.Mapping.On(Double, Twice).On(Safe, Twice);
                child.Idempotent(Safe);
                configure?.Invoke(child);
            })
        );
        _controller.Run();
    }
}
