using System.Runtime.CompilerServices;
using EventDrivenActors.EventLoop.Mailbox;

namespace EventDrivenActors.Pure.Tests.EventLoop;

public sealed partial class HandlerBinderTests
{
    private static readonly InvalidOperationException Failure = new("It fails.");
    private static readonly int[] Cell = [0];

    private delegate int Custom(Session session, string value);

    private delegate ref int ReturnsReference();

    private delegate Span<int> ReturnsSpan();

    private delegate void TakesReference(ref int value);

    private delegate void TakesSpan(ReadOnlySpan<char> value);

    public static TheoryData<Delegate, object?> Returns() =>
        new()
        {
            { () => { }, null },
            { () => 5, 5 },
            { () => "x", "x" },
            { () => (string?)null, null },
            { () => (int?)null, null },
            { () => Task.CompletedTask, null },
            { () => Task.FromResult(5), 5 },
            { () => ValueTask.CompletedTask, null },
            { () => ValueTask.FromResult("x"), "x" },
            { async () => await Task.Yield(), null },
            {
                async () =>
                {
                    await Task.Yield();
                    return 5;
                },
                5
            },
            { async ValueTask () => await Task.Yield(), null },
            {
                async ValueTask<int> () =>
                {
                    await Task.Yield();
                    return 5;
                },
                5
            },
            {
                async Task<Task<int>> () =>
                {
                    await Task.Yield();
                    return FiveAsync();
                },
                5
            },
            {
                async ValueTask<ValueTask<int>> () =>
                {
                    await Task.Yield();
                    return new ValueTask<int>(FiveAsync());
                },
                5
            },
            {
                async Task<ValueTask<Task<int>>> () =>
                {
                    await Task.Yield();
                    return new ValueTask<Task<int>>(FiveAsync());
                },
                5
            },
            {
                async Task<Task> () =>
                {
                    await Task.Yield();
                    return YieldAsync();
                },
                null
            },
            { Task<Task> () => Task.FromResult<Task>(FiveAsync()), null },
            { object () => FiveAsync(), 5 },
            { object () => new ValueTask<int>(FiveAsync()), 5 },
            { object () => Task.CompletedTask, null },
            { object () => YieldAsync(), null },
            { object? () => null, null },
            { object () => "x", "x" },
            { IDisposable () => FiveAsync(), 5 },
            {
                async Task<object> () =>
                {
                    await Task.Yield();
                    return FiveAsync();
                },
                5
            },
            { ConfiguredTaskAwaitable<int> () => FiveAsync().ConfigureAwait(false), 5 },
            { ConfiguredValueTaskAwaitable () => new ValueTask(FiveAsync()).ConfigureAwait(false), null },
            { YieldAwaitable () => Task.Yield(), null },
            { Five () => new Five(), 5 },
            { Task<Five> () => Task.FromResult(new Five()), 5 },
            { object () => new Five(), 5 },
        };

    private static async Task<int> FiveAsync()
    {
        await Task.Yield();
        return 5;
    }

    private static async Task YieldAsync() => await Task.Yield();

    /// <summary>Can be awaited without being a task.</summary>
    private readonly struct Five
    {
        public TaskAwaiter<int> GetAwaiter() => FiveAsync().GetAwaiter();
    }

    public static TheoryData<Delegate, object?> Parameters() =>
        new()
        {
            { (Session session) => session.Event, "run" },
            { (CancellationToken token) => token.IsCancellationRequested, false },
            { (string value) => value, "value" },
            { (Session session, string value) => $"{session.Event} {value}", "run value" },
            {
                (string value, Session session, CancellationToken token) =>
                    $"{session.Event} {value} {token.CanBeCanceled}",
                "run value True"
            },
            { (object value) => value, "value" },
            { (Custom)((session, value) => value.Length), 5 },
        };

    public static TheoryData<Delegate, object?> Arguments() =>
        new()
        {
            { (int a) => a, 1 },
            { (int a, string b) => $"{a}{b}", "1b" },
            { (int a, string b, Session s, long? c) => $"{a}{b}{c is null}{s.Event}", "1bTruerun" },
            { (int a, string b, long? c, double d) => $"{a}{b}{c}{d}", "1b2.5" },
            { (int a, string b, long? c, double d, object e) => $"{a}{b}{c}{d}{e}", "1b2.5e" },
            { (int a, string b, long? c, double d, object e, char f) => $"{a}{b}{c}{d}{e}{f}", "1b2.5ef" },
            {
                (Session s, int a, string b, long? c, CancellationToken t, double d) =>
                    $"{a}{b}{c}{d}{s.Event}{t.CanBeCanceled}",
                "1b2.5runTrue"
            },
            { (int a, string b, long? c, double d, object e) => { }, null },
        };

    public static TheoryData<Delegate, object?[]?, object?, object?> Defaults() =>
        new()
        {
            { (int x, int y = 5) => x + y, [1], null, 6 },
            { (int x, int y = 5) => x + y, [1, 2], null, 3 },
            { (int x, int y = 5) => x + y, null, 4, 9 },
            { (int x = 7) => x, null, null, 7 },
            { (int x = 7) => x, null, 3, 3 },
            {
                (string? s = "d", int? n = 2, DayOfWeek day = DayOfWeek.Friday) => $"{s}{n}{day}",
                [null],
                null,
                "2Friday"
            },
            {
                (Session session, int x, decimal d = 1.5m, CancellationToken token = default) =>
                    $"{session.Event}{x}{d == 1.5m}",
                [1],
                null,
                "run1True"
            },
            { (int x, DateTime when = default) => when == default ? x : 0, [1], null, 1 },
            { WithDefault, [1], null, 11 },
            { (Func<int, int, int>)WithDefault, [1], null, 11 },
            { (int x, params int[] rest) => x + rest.Sum(), [1, 2, 3], null, 6 },
            { (int x, params int[] rest) => x + rest.Sum(), [1, new[] { 2, 3 }], null, 6 },
            { (int x, params int[] rest) => x + rest.Length, [1], null, 1 },
            { (params object?[] all) => all.Length, [1, null, "x"], null, 3 },
            { (params object?[] all) => all.Length, [new object[] { 1, 2 }, 3], null, 2 },
            { (params int[] all) => all.Length, null, null, 0 },
            { (params int[] all) => all.Sum(), null, 4, 4 },
            { (params int[] all) => all.Sum(), null, new[] { 4, 5 }, 9 },
        };

    [Theory]
    [MemberData(nameof(Defaults))]
    public async Task Parameters_WithoutAnArgument_TakeTheirDefaults(
        Delegate handler,
        object?[]? args,
        object? value,
        object? expected
    )
    {
        LoopRig rig = new(new MappingBlueprint().On("run", handler));
        rig.Loop.Run(null);
        Pending pending = new(rig.Loop, "run", value, null, args, null);
        rig.Loop.Accept(new QueuedEvent(pending));
        rig.Pump();

        Assert.Equal([expected], await pending.AsTask().WaitAsync(TestSupport.HangGuard.Limit));
    }

    [Fact]
    public async Task Parameters_OfARest_AreEachOfItsType()
    {
        LoopRig rig = new(new MappingBlueprint().On("run", (int x, params int[] rest) => x));
        rig.Loop.Run(null);
        Pending pending = new(rig.Loop, "run", null, null, [1, 2, "x"], null);
        rig.Loop.Accept(new QueuedEvent(pending));
        rig.Pump();

        ArgumentException refused = await Assert.ThrowsAsync<ArgumentException>(() =>
            pending.AsTask().WaitAsync(TestSupport.HangGuard.Limit)
        );
        Assert.Contains("Argument 3 of the event 'run' is 'x' (String)", refused.Message, StringComparison.Ordinal);
    }

    private static int WithDefault(int x, int y = 10) => x + y;

    public static TheoryData<Delegate, string> Refused() =>
        new()
        {
            {
                (int a, int b, int c, int d, int e, int f, int g) => { },
                "has 7 parameters and at most 6 are supported"
            },
            { (TakesReference)((ref int value) => { }), "The parameter 'value'" },
            { (TakesSpan)(value => { }), "which no event can carry" },
            { (ReturnsSpan)(() => default), "returns a System.Span" },
            { (ReturnsReference)(() => ref Cell[0]), "returns a System.Int32&" },
        };
}
