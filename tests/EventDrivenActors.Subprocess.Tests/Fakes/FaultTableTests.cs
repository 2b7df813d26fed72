using EventDrivenActors.TestSupport;

namespace EventDrivenActors.Subprocess.Tests.Fakes;

/// <summary>
/// A child that stalls or dies at each step of the protocol, however it does that: every event settles once, as the
/// contract says, and nothing is left.
/// </summary>
public sealed class FaultTableTests
{
    public static TheoryData<Step, FaultKind> UntilReady() => Rows(step => step <= Step.Ready);

    public static TheoryData<Step, FaultKind> WithCalls() => Rows(step => step is > Step.Ready and <= Step.Settled);

    public static TheoryData<Step, FaultKind> AtEnded() => Rows(step => step == Step.Ended);

    public static TheoryData<Step, FaultKind> WithAHeldCall() =>
        Rows(step => step is Step.Cancel or Step.Suspended or Step.Heartbeat);

    public static TheoryData<Step, FaultKind> AtAcknowledgements() => Rows(step => step == Step.Acknowledge);

    public static TheoryData<Step, FaultKind> AtTheEnd() => Rows(step => step >= Step.Drain);

    [Theory]
    [MemberData(nameof(UntilReady))]
    [MemberData(nameof(WithCalls))]
    public async Task Child_ThatGoesWrong_SettlesEveryEvent(Step step, FaultKind kind)
    {
        await using FaultRun run = new(Harness(step, kind, gather: step > Step.Ready ? 2 : 0));
        run.Submit();
        run.Dispatch("b", "c");

        await run.CheckAsync(FaultTable.Of(step, kind), open: ControllerEvents.Submit.Name);
    }

    [Theory]
    [MemberData(nameof(AtEnded))]
    public async Task Child_ThatGoesWrongAfterATimeOut_SettlesEveryEvent(Step step, FaultKind kind)
    {
        await using FaultRun run = new(
            Harness(
                step,
                kind,
                gather: 2,
                options =>
                {
                    options.KillOnTimeout = true;
                    options.EventTimeout = TimeSpan.FromSeconds(10);
                }
            )
        );
        run.Dispatch("late", "b", "c");
        if (kind == FaultKind.Withhold)
        {
            // Nothing more is sent to a child beside a handler that is past its time, so "c" waits for the next one.
            await run.SettledAsync("b");
        }

        await run.CheckAsync(FaultTable.Of(step, kind));
    }

    [Theory]
    [MemberData(nameof(WithAHeldCall))]
    public async Task Child_ThatGoesWrongWhileItHoldsACall_SettlesEveryEvent(Step step, FaultKind kind)
    {
        await using FaultRun run = new(Harness(step, kind));
        run.Dispatch("hold", "b", "c");
        await run.SettledAsync("b", "c");
        if (step == Step.Cancel)
        {
            run["hold"].Cancel();
        }
        else if (step == Step.Suspended)
        {
            run.Suspend();
        }

        await run.CheckAsync(FaultTable.Of(step, kind), open: "hold");
    }

    [Theory]
    [MemberData(nameof(AtAcknowledgements))]
    public async Task Child_ThatGoesWrongWithAnAcknowledgement_SettlesEveryEvent(Step step, FaultKind kind)
    {
        await using FaultRun run = new(Harness(step, kind));
        run.Dispatch("a", "b", "c");

        await run.CheckAsync(FaultTable.Of(step, kind), open: "c", certain: false);
    }

    [Theory]
    [MemberData(nameof(AtTheEnd))]
    public async Task Child_ThatGoesWrongAtTheEnd_DoesNotKeepTheControllerFromStopping(Step step, FaultKind kind)
    {
        await using FakeHarness harness = new(new FakeScript(new Fault(step, kind)));
        Assert.Equal("fake", Assert.Single(await harness.Controller.Dispatch("a").Guarded()));

        Task<ShutdownReport> stopping = harness.Controller.ShutdownAsync();
        await harness.ReachedAsync();
        await harness.PassTimeAsync(stopping);

        ShutdownReport report = await stopping;
        Assert.Equal((0, 0), (report.Cancelled, report.Abandoned));
        Assert.Equal(ControllerState.Stopped, harness.Controller.State);
    }

    /// <summary>
    /// A child that leaves something out is not to be killed for its silence while the clock runs on.
    /// </summary>
    private static FakeHarness Harness(
        Step step,
        FaultKind kind,
        int gather = 0,
        Action<SubprocessOptions>? child = null
    ) =>
        new(
            new FakeScript(new Fault(step, kind), gather),
            kind == FaultKind.Withhold && step is > Step.Ready and not Step.Heartbeat
                ? "heartbeat.kill-after = 1h"
                : "",
            child
        );

    private static TheoryData<Step, FaultKind> Rows(Func<Step, bool> included)
    {
        TheoryData<Step, FaultKind> rows = [];
        foreach ((Step step, FaultKind kind) in FaultTable.All().Where(row => included(row.Step)))
        {
            rows.Add(step, kind);
        }

        return rows;
    }
}
