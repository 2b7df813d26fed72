using CsCheck;

namespace EventDrivenActors.Pure.Tests.EventLoop;

public sealed class ControllerLoopModelTests
{
    private static readonly Act[] Acts =
    [
        .. Repeat(Act.Dispatch, 8),
        .. Repeat(Act.Post, 3),
        Act.PostMany,
        .. Repeat(Act.Drain, 4),
        .. Repeat(Act.Pump, 4),
        .. Repeat(Act.Run, 4),
        .. Repeat(Act.CompleteHandler, 4),
        Act.FailHandler,
        Act.Cancel,
        Act.Cancel,
        Act.Suspend,
        Act.Resume,
        Act.Resume,
        Act.Clean,
        Act.SettleDeferred,
        Act.WaitForIdle,
        Act.PendingAsync,
        Act.Shutdown,
        Act.Terminate,
        Act.Advance,
        Act.Advance,
    ];

    private static readonly Gen<LoopShape> Unbounded = Gen.Select(
        Gen.Bool,
        Gen.Bool,
        (hooked, filtered) => new LoopShape(hooked, filtered)
    );

    private static readonly Gen<LoopShape> Bounded = Gen.Select(
        Gen.Bool,
        Gen.Int[1, 3],
        Gen.OneOf(QueueFullMode.Wait, QueueFullMode.DropOldest, QueueFullMode.DropNewest),
        (hooked, capacity, mode) => new LoopShape(hooked, false, capacity, mode)
    );

    [Fact]
    public Task Loop_AnyCommands_DoesWhatTheModelSays() =>
        Task.Run(() =>
            Gen.Select(Unbounded, Commands(Acts))
                .SampleAsync((shape, commands) => LoopScenario.RunAsync(shape, commands), iter: 8_000, print: Print)
        );

    [Fact]
    public Task BoundedLoop_AnyCommands_DoesWhatTheModelSays() =>
        Task.Run(() =>
            Gen.Select(Bounded, Commands([.. Acts, .. Repeat(Act.DispatchAsync, 8), .. Repeat(Act.CancelWait, 2)]))
                .SampleAsync((shape, commands) => LoopScenario.RunAsync(shape, commands), iter: 8_000, print: Print)
        );

    private static Gen<Command[]> Commands(Act[] acts) =>
        Gen.Select(Gen.OneOf(acts), Gen.Int[0, 5], Gen.Int[0, 9], (act, a, b) => new Command(act, a, b)).Array[0, 30];

    private static IEnumerable<Act> Repeat(Act act, int times) => Enumerable.Repeat(act, times);

    private static string Print((LoopShape Shape, Command[] Commands) run) =>
        $"{run.Shape}: {string.Join(", ", run.Commands)}";
}
