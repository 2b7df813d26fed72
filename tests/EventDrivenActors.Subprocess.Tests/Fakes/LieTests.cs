namespace EventDrivenActors.Subprocess.Tests.Fakes;

/// <summary>
/// A child that says something wrong: it is killed for it or it has no effect, and every event settles once.
/// </summary>
public sealed class LieTests
{
    public static TheoryData<string> UntilReady() => [.. LieTable.UntilReady.Select(lie => $"{lie.Step}: {lie.Name}")];

    public static TheoryData<string> Answers() => [.. AnswerLies.All.Select(lie => lie.Name)];

    public static TheoryData<string> Gadgets() => [.. AnswerLies.Gadgets.Select(lie => lie.Name)];

    [Theory]
    [MemberData(nameof(UntilReady))]
    public async Task Child_ThatSaysSomethingWrongBeforeItIsReady_GetsNoEvent(string name) =>
        await RunAsync(LieTable.UntilReady.Single(lie => $"{lie.Step}: {lie.Name}" == name));

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task Child_ThatAnswersSomethingWrong_DiesOfItOrDoesNoHarm(string name)
    {
        Lie lie = AnswerLies.All.Single(lie => lie.Name == name);
        if (await RunAsync(lie) is { } lost)
        {
            Assert.True(
                lost.Message.Contains("the link broke a rule", StringComparison.Ordinal)
                    == !name.StartsWith("a disassociation", StringComparison.Ordinal),
                lost.Message
            );
        }
    }

    [Theory]
    [MemberData(nameof(Gadgets))]
    public async Task Pdu_ForAnybodyElse_IsDroppedAndCounted(string name)
    {
        using DroppedPdus dropped = new();
        await RunAsync(AnswerLies.Gadgets.Single(lie => lie.Name == name));
        Assert.Equal(1, dropped.Count);
    }

    [Fact]
    public async Task Child_OfAnotherProcess_IsTurnedAway()
    {
        Fault hears = new(Step.Hello, FaultKind.Withhold);
        await using FaultRun run = new(
            new FakeHarness(
                new FakeScript(hears),
                make: script => new FakeChild(script) { ProcessId = Environment.ProcessId + 1 }
            )
        );
        run.Dispatch("a", "b");
        await run.CheckAsync(Expected.Retried);
    }

    private static async Task<Exception?> RunAsync(Lie lie)
    {
        await using FaultRun run = new(
            new FakeHarness(
                new FakeScript(lie.Fault, Gather: lie.Step > Step.Ready ? 2 : 0),
                child: options => options.Restart.MaxRestarts = 2
            )
        );
        run.Submit();
        run.Dispatch("b", "c");
        // Whoever has settled one call makes room for the next.
        await run.CheckAsync(lie.Expected, certain: lie.Name != "an outcome twice");
        return lie.Expected == Expected.Lost ? run["b"].Exception : null;
    }
}
