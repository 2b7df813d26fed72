namespace EventDrivenActors.TestKit.Tests.Cookbook;

public sealed class TestACrash : ControllerTestKit
{
    // <snippet>
    private static readonly EventKey<string, int> Parse = new("parse");
    private readonly Controller _parser;
    private ChildScript _child = null!;

    public TestACrash()
    {
        _parser = CreateController(o => o.AddSubprocess(child =>
        {
            child.Mapping.On(Parse, (session, text) => text.Length);
            child.EventTimeout = TimeSpan.FromMinutes(1);
            child.KillOnTimeout = true;
            _child = child.RunInProcess(this);  // no process; the same mapping, serialization and type filter
        }));
        _parser.Run();
    }

    [Fact]
    public async Task TextThatKillsTheParser_IsLost_AndTheNextOneIsParsed()
    {
        _child.DieBefore(ChildStep.Result);
        await Assert.ThrowsAsync<ChildLostException>(() => Time.DriveAsync(_parser.Dispatch(Parse, "bad")));

        Assert.Equal(4, await Time.DriveAsync(_parser.Dispatch(Parse, "good")));
        Assert.Equal(2, _child.Started);
    }

    [Fact]
    public async Task ParserThatHangs_CostsAMinute()
    {
        _child.StallBefore(ChildStep.Result);

        await Assert.ThrowsAsync<EventTimeoutException>(() => Time.DriveAsync(_parser.Dispatch(Parse, "slow")));

        Assert.InRange(Time.GetElapsedTime(0), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(2));
    }
    // </snippet>
}
