using EventDrivenActors.TestSupport;
using EventDrivenActors.TestSupport.Contracts;

namespace EventDrivenActors.Tests;

/// <summary>The shapes of calls that users write: each compiles, and means what it says.</summary>
public sealed class ApiShapeTests : ContractBase
{
    private static readonly EventKey<int, int> Double = new("double");
    private static readonly EventKey<string> Log = new("log");
    private static readonly SessionKey<DateTimeOffset> StartTime = new("start_time");

    [Fact]
    public async Task Calls_OfTheReadme_CompileAndGiveTheirResults()
    {
        Journal<object?> printed = new();
        MappingBlueprint blueprint = new MappingBlueprint()
            .On("one", session => printed.Add("1"))
            .On("two", session => 2)
            .On("three", async session => await Task.Yield())
            .On(
                "four",
                async session =>
                {
                    await Task.Yield();
                    return 4;
                }
            )
            .On("sum", (int a, int b) => a + b)
            .On("print", Print)
            .On(
                Double,
                async (session, v) =>
                {
                    await Task.Yield();
                    return v * 2;
                }
            )
            .On(Log, (session, line) => printed.Add(line))
            .Before(session =>
            {
                if (session.Value is "nothing")
                {
                    session.Skip();
                }
            })
            .After(async session => await Task.Yield());
        Controller con = Runtime.CreateController(o =>
        {
            o.Mapping = blueprint;
            o.Context = SessionContext.Empty.With(StartTime, DateTimeOffset.UnixEpoch);
        });
        con.Run();

        IReadOnlyList<object?> results = await con.Dispatch("sum", args: [1, 2]);
        int four = await con.Dispatch(Double, 2);
        int sum = await con.Submit(Add, 1, 2);
        int length = await con.Submit(CountAsync, "path");
        Pending<int> roomy = await con.DispatchAsync(Double, 2);
        Pending<int> submitted = await con.SubmitAsync(Add, 1, 2);
        Pending<int> counted = await con.SubmitAsync(CountAsync, "path");
        Pending<int> added = con.Submit((a, b) => a + b, 1, 2);
        Pending<int> one = con.Submit(_ => 1);
        Pending<int> synchronous = con.Submit(CountNow, "path");
        Pending pending = con.Dispatch("three");
        con.Post(Log, "posted");
        con.Post("log", "posted too");
        Pending logged = await con.DispatchAsync(Log, "typed");
        await con.Submit(session => session.Self.Shutdown());
        await con.WaitAsync().Guarded();

        Assert.Equal([3], results);
        Assert.Equal((4, 3, 4), (four, sum, length));
        Assert.Equal((4, 3, 4), (await roomy, await submitted, await counted));
        Assert.Equal((3, 1, 4), (await added, await one, await synchronous));
        Assert.Equal(PendingStatus.Completed, pending.Status);
        Assert.Equal(PendingStatus.Completed, logged.Status);
        Assert.Equal(["posted", "posted too", "typed"], printed.Entries);
    }

    protected override IController Create(Action<ControllerOptions>? configure = null) =>
        Runtime.CreateController(configure);

    private static void Print(Session session)
    {
        // Only its shape matters.
    }

    private static int Add(int a, int b) => a + b;

    private static async Task<int> CountAsync(string path, CancellationToken cancellationToken)
    {
        await Task.Yield();
        return cancellationToken.IsCancellationRequested ? 0 : path.Length;
    }

    private static int CountNow(string path, CancellationToken cancellationToken) =>
        cancellationToken.IsCancellationRequested ? 0 : path.Length;
}
