namespace EventDrivenActors.TestSupport.Contracts;

/// <summary>
/// Progress that a handler reports reaches the code that dispatched the event, in order and before the event settles.
/// </summary>
public abstract class ProgressContract : ContractBase
{
    [Fact]
    public async Task Reports_OfAHandler_ArriveInOrderAndBeforeTheEventSettles()
    {
        Heard<int> heard = new();
        IController controller = Start(m =>
            m.On(
                "x",
                async session =>
                {
                    for (int n = 0; n < 50; n++)
                    {
                        session.Report(n);
                        await Task.Yield();
                    }
                }
            )
        );

        await controller.Dispatch("x", options: new EventOptions().WithProgress(heard)).Guarded();

        Assert.Equal(Enumerable.Range(0, 50), heard.Values.Entries);
    }

    [Fact]
    public async Task Reports_ThatNobodyHears_HarmNothing()
    {
        IController controller = Start(m =>
            m.On(
                "x",
                session =>
                {
                    session.Report("nobody");
                    return 1;
                }
            )
        );

        Assert.Equal([1], await controller.Dispatch("x").Guarded());
        controller.Post("x");
        await controller.WaitForIdleAsync().Guarded();
    }

    [Fact]
    public async Task Progress_ThatFails_BreaksNothing()
    {
        Heard<int> heard = new(n => n == 1 ? throw new TestFailureException() : n);
        IController controller = Start(m =>
            m.On(
                "x",
                session =>
                {
                    session.Report(1);
                    session.Report(2);
                    return 3;
                }
            )
        );

        Assert.Equal(
            [3],
            await controller
                .Dispatch("x", options: new EventOptions { Progress = new Heard<object?>(n => heard.Note((int)n!)) })
                .Guarded()
        );

        Assert.Equal([2], heard.Values.Entries);
    }

    [Fact]
    public async Task Report_OfAnotherType_IsRefusedToTheHandler()
    {
        IController controller = Start(m => m.On("x", session => session.Report("text")));

        ValueRefusedException refused = await Assert.ThrowsAnyAsync<ValueRefusedException>(() =>
            controller.Dispatch("x", options: new EventOptions().WithProgress(new Heard<int>())).Guarded()
        );

        Assert.Contains("'text'", refused.Message);
    }

    [Fact]
    public async Task Report_AfterTheEventHasTimedOut_IsNotHeard()
    {
        Heard<int> heard = new();
        Gate gate = NewGate();
        Gate reported = NewGate();
        IController controller = Start(m =>
            m.On(
                "x",
                async session =>
                {
                    session.Report(1);
                    await gate.PassAsync();
                    session.Report(2);
                    _ = reported.PassAsync();
                }
            )
        );
        Pending pending = controller.Dispatch(
            "x",
            options: new EventOptions { Timeout = TimeSpan.FromSeconds(1) }.WithProgress(heard)
        );
        await gate.Entered;
        await Time.DriveAsync(pending.SettledAsync());

        gate.Open();
        await reported.Entered;

        Assert.Equal([1], heard.Values.Entries);
    }

    private sealed class Heard<T>(Func<T, T>? change = null) : IProgress<T>
    {
        public Journal<T> Values { get; } = new();

        public void Report(T value) => Note(value);

        public T Note(T value)
        {
            T noted = change is null ? value : change(value);
            Values.Add(noted);
            return noted;
        }
    }
}
