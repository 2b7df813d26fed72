namespace EventDrivenActors.TestSupport.Contracts;

/// <summary>P15, second half: listening in circles is refused, or limited.</summary>
public abstract class ListeningCycleContract : ContractBase
{
    [Fact]
    public void Cycle_OnOneKey_IsRefused()
    {
        IController a = Create();
        IController b = Create();
        IController c = Create();
        using IDisposable ab = a.Listen(b, "x", "other");
        using IDisposable bc = b.Listen(c, "x");

        InvalidOperationException direct = Assert.Throws<InvalidOperationException>(() => b.Listen(a, "x"));
        Assert.Contains($"'{a.Name}'", direct.Message);
        Assert.Contains("'x'", direct.Message);
        Assert.Throws<InvalidOperationException>(() => c.Listen(a, "x"));
        Assert.Throws<InvalidOperationException>(() => a.Listen(a, "x"));
    }

    [Fact]
    public async Task RefusedListening_LeavesNothingBehind()
    {
        Journal<object?> heard = new();
        IController a = Start(m => m.On("y", _ => 1));
        IController b = Start(m => m.On("y", (ForwardedEvent forwarded) => heard.Add(forwarded.Value)).On("z", _ => 2));
        using IDisposable ab = a.Listen(b, "x");
        Assert.Throws<InvalidOperationException>(() => b.Listen(a, "y", "x"));

        await a.Dispatch("y").Guarded();
        await b.Dispatch("z").Guarded();
        await b.WaitForIdleAsync().Guarded();

        Assert.Empty(heard.Entries);
    }

    [Fact]
    public async Task Circle_OnDifferentKeys_IsAllowed()
    {
        Journal<string> heard = new();
        IController a = Start(m => m.On("to a", _ => heard.Add("to a")));
        IController b = Start(m => m.On("to b", _ => heard.Add("to b")));
        using IDisposable ab = a.Listen(b, "to a");
        using IDisposable ba = b.Listen(a, "to b");

        _ = b.Dispatch("to a");
        _ = a.Dispatch("to b");

        Assert.Equal(["to a", "to b"], (await heard.WaitForAsync(2)).Order());
    }

    [Fact]
    public void Listening_BackAfterTheFirstEnded_IsAllowed()
    {
        IController a = Create();
        IController b = Create();
        a.Listen(b, "x").Dispose();

        using IDisposable ba = b.Listen(a, "x");

        Assert.Throws<InvalidOperationException>(() => a.Listen(b, "x"));
    }

    [Fact]
    public async Task HopLimit_AllowsACircle_AndEndsIt()
    {
        Journal<int> hops = new();
        IController a = StartLimited();
        IController b = StartLimited();
        using IDisposable ab = a.Listen(b, "x");
        using IDisposable ba = b.Listen(a, "x");

        _ = a.Dispatch("x", "start");

        // An event is forwarded before its handler runs, so their notes may come in either order.
        Assert.Equal([0, 1, 2, 3], (await hops.WaitForAsync(4)).Order());
        for (int i = 0; i < 5; i++)
        {
            await a.WaitForIdleAsync().Guarded();
            await b.WaitForIdleAsync().Guarded();
        }

        Assert.Equal(4, hops.Count);

        IController StartLimited() =>
            Start(
                m => m.On("x", session => hops.Add(session.Value is ForwardedEvent forwarded ? forwarded.Hops : 0)),
                options => options.HopLimit = 3
            );
    }
}
