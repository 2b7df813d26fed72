namespace EventDrivenActors.TestSupport.Contracts;

/// <summary>
/// P1, P2: the loop awaits every awaitable that a handler, a hook or a submitted function returns; it never becomes a
/// result.
/// </summary>
public abstract partial class AwaitableContract : ContractBase
{
    private readonly Gate _gate;

    protected AwaitableContract() => _gate = NewGate();

    /// <summary>Every kind of awaitable, made from a task.</summary>
    private static Dictionary<string, Func<Func<Task<int>>, Delegate>> Kinds { get; } =
        new()
        {
            ["Task"] = start => () => start(),
            ["ValueTask"] = start => () => new ValueTask<int>(start()),
            ["ValueTask of a source"] = start => () => new ValueTask<int>(new Source(start()), 0),
            ["Task of a Task"] = start => () => Task.FromResult(start()),
            ["ValueTask of a ValueTask"] = start => () => new ValueTask<ValueTask<int>>(new ValueTask<int>(start())),
            ["Task of a ValueTask"] = start =>
                async Task<ValueTask<int>> () =>
                {
                    await Task.Yield();
                    return new ValueTask<int>(start());
                },
            ["configured Task"] = start => () => start().ConfigureAwait(false),
            ["Task as an object"] = start => object () => start(),
            ["Task of an object"] = start =>
                async Task<object> () =>
                {
                    await Task.Yield();
                    return start();
                },
            ["type of one's own"] = start => () => new Awaited(start()),
            ["subclass of Task"] = start => () => new Late(start()),
        };

    public static TheoryData<string> Names => [.. Kinds.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Handler_ThatReturnsIt_HasItsValueAsResultAndHoldsTheNextEvent(string kind)
    {
        bool ended = false;
        bool overlapped = false;
        IController controller = Start(m => m.On("x", Kinds[kind](SevenAsync)).On("next", _ => overlapped = !ended));
        Pending running = controller.Dispatch("x");
        Pending next = controller.Dispatch("next");
        await _gate.Entered;
        await MarkerAsync();

        Assert.Equal(PendingStatus.Running, running.Status);
        _gate.Open();

        Assert.Equal([7], await running.Guarded());
        await next.Guarded();
        Assert.False(overlapped && Workers == 1);

        async Task<int> SevenAsync()
        {
            await _gate.PassAsync();
            ended = true;
            return 7;
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Hook_ThatReturnsIt_EndsBeforeTheHandlerStarts(string kind)
    {
        bool ended = false;
        Journal<bool> before = new();
        IController controller = Start(m =>
            m.On(ControllerEvents.Before, Kinds[kind](SevenAsync)).On("x", _ => before.Add(ended))
        );
        Pending pending = controller.Dispatch("x");
        await _gate.Entered;
        _gate.Open();

        await pending.Guarded();
        Assert.Equal([true], before.Entries);

        async Task<int> SevenAsync()
        {
            await _gate.PassAsync();
            ended = true;
            return 7;
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Submission_ThatReturnsIt_HasItsValueAsResult(string kind)
    {
        IController controller = Start(_ => { });
        Pending<object?> pending = controller.Submit<object?>(new Submission(Kinds[kind](SevenAsync)));
        await _gate.Entered;
        await MarkerAsync();

        Assert.Equal(PendingStatus.Running, pending.Status);
        _gate.Open();

        Assert.Equal(7, (int?)await pending.Guarded());

        async Task<int> SevenAsync()
        {
            await _gate.PassAsync();
            return 7;
        }
    }

    [Fact]
    public async Task Submission_OfAValueTask_OfEveryOverload_IsTyped()
    {
        IController controller = Start(_ => { });
        _gate.Open();
        Pending<int>[] typed =
        [
            controller.Submit(ValueAsync),
            controller.Submit(ValueOfOneAsync, 1),
            controller.Submit(ValueOfTwoAsync, 1, 2),
            controller.Submit(ValueOfTokenAsync),
            controller.Submit(ValueOfOneAndTokenAsync, 1),
            controller.Submit(ValueOfSessionAsync),
            controller.Submit(n => ValueOfOneAsync(n), 1),
            controller.Submit(async () =>
            {
                await Task.Yield();
                return 7;
            }),
        ];
        Pending[] failing =
        [
            controller.Submit(FailAsync),
            controller.Submit(FailOfOneAsync, 1),
            controller.Submit(n => FailOfOneAsync(n), 1),
            controller.Submit(() => FailAsync()),
        ];

        foreach (Pending<int> pending in typed)
        {
            Assert.Equal(7, await pending.Guarded());
        }

        foreach (Pending pending in failing)
        {
            Assert.Equal(PendingStatus.Faulted, await pending.StatusAsync());
        }
    }

    [Fact]
    public async Task Submission_ThatIsNested_GivesATypedValueThatHasEnded()
    {
        IController controller = Start(_ => { });
        _gate.Open();

        Task<int> task = await controller.Submit(() => Task.FromResult(ValueAsync().AsTask())).Guarded();
        Task<int> two = await controller
            .Submit(async () =>
            {
                await Task.Yield();
                return ValueAsync().AsTask();
            })
            .Guarded();
        ValueTask<int> value = await controller.Submit(() => Task.FromResult(ValueAsync())).Guarded();

        Assert.True(task.IsCompletedSuccessfully);
        Assert.Equal((7, 7, 7), (await task, await two, await value));
    }

    [Fact]
    public async Task Hooks_OfEveryForm_AreAwaitedAndTheirFailuresAreSeen()
    {
        Journal<string> journal = new();
        IController controller = Start(m =>
            m.Before(_ => NoteAsync("before"))
                .Before(_ => new Awaited(SevenAsync("own")))
                .After(_ => NoteAsync("after"))
                .Otherwise(_ => NoteAsync("otherwise"))
                .On(new EventKey<int>("typed"), (_, value) => NoteAsync("typed"))
        );
        _gate.Open();

        await controller.Dispatch("typed", 1).Guarded();
        Assert.Equal(["before", "own", "typed", "after"], journal.Entries);
        await controller.Dispatch("other").Guarded();
        Assert.Equal(["before", "own", "otherwise", "after"], journal.Entries.Skip(4));

        IController failing = Start(m => m.Before(_ => FailAsync()).On("x", _ => 1));
        await Assert.ThrowsAsync<HookFailedException>(() => failing.Dispatch("x").Guarded());

        async ValueTask NoteAsync(string note)
        {
            await Task.Yield();
            journal.Add(note);
        }

        async Task<int> SevenAsync(string note)
        {
            await NoteAsync(note);
            return 7;
        }
    }
}
