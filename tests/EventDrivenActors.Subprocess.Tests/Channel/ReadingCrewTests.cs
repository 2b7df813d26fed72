using System.Collections.Concurrent;
using EventDrivenActors.Subprocess.Tests.Transport;
using EventDrivenActors.TestSupport;
using EventDrivenActors.Wire.Channel;

namespace EventDrivenActors.Subprocess.Tests.Channel;

/// <summary>
/// What awaits an event may go on on the thread that has read of its end: reading goes on meanwhile, whatever that
/// does.
/// </summary>
public sealed class ReadingCrewTests : IAsyncLifetime
{
    private const int Events = 4;
    private readonly SocketPair _pair = new();
    private readonly ManualResetEventSlim _release = new();
    private readonly EventRuntime _runtime = EventRuntime.Create();
    private readonly Deferring _deferring = new();
    private readonly Journal<int> _read = new();

    public Task InitializeAsync()
    {
        new FrameConnection(new SocketStream(_pair.Parent), 100, 100).Start(new Sink(this), "link-reader");
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        _release.Set();
        _pair.Dispose();
        await _runtime.DisposeAsync().AsTask().Guarded();
    }

    [Fact]
    public async Task Reading_WhileAllThatItSetOffHangs_GoesOn()
    {
        Journal<int> hanging = new();
        await AwaitAllAsync(number =>
        {
            hanging.Add(number);
            _release.Wait();
        });
        for (byte number = 0; number < Events; number++)
        {
            Send(number);
            await _read.WaitForAsync(number + 1);
        }

        await hanging.WaitForAsync(Events);
    }

    [Fact]
    public async Task Continuation_LeavesNothingOnItsThread_ForTheNext()
    {
        AsyncLocal<string?> left = new();
        Journal<(string? Left, SynchronizationContext? Context, bool IsBackground, ThreadPriority Priority)> seen =
            new();
        await AwaitAllAsync(_ =>
        {
            Thread thread = Thread.CurrentThread;
            seen.Add((left.Value, SynchronizationContext.Current, thread.IsBackground, thread.Priority));
            left.Value = "left";
            SynchronizationContext.SetSynchronizationContext(new SynchronizationContext());
            thread.IsBackground = false;
            thread.Priority = ThreadPriority.AboveNormal;
        });
        for (byte number = 0; number < Events; number++)
        {
            Send(number);
            await seen.WaitForAsync(number + 1);
        }

        Assert.All(seen.Entries, one => Assert.Equal((null, null, true, ThreadPriority.Normal), one));
    }

    [Fact]
    public async Task Events_ThatEndInOneEnvelope_DoNotWaitForEachOther()
    {
        Journal<int> hanging = new();
        await AwaitAllAsync(number =>
        {
            hanging.Add(number);
            _release.Wait();
        });

        _pair.Child.Send([.. Enumerable.Range(0, Events).SelectMany(number => Frame((byte)number))]);

        await hanging.WaitForAsync(Events);
    }

    /// <summary>
    /// Dispatches events that end when the other end of the socket says so, and awaits each in a context of nobody's.
    /// </summary>
    private async Task AwaitAllAsync(Action<int> then)
    {
        Controller controller = _runtime.CreateController(options => options.Adapters.Add(_deferring));
        controller.Run();
        Pending[] pendings = [.. Enumerable.Range(0, Events).Select(number => controller.Dispatch("event", number))];
        await controller.PendingAsync().Guarded();
        await Task.Run(() =>
            {
                for (int number = 0; number < Events; number++)
                {
                    int own = number;
                    pendings[number].GetAwaiter().UnsafeOnCompleted(() => then(own));
                }
            })
            .Guarded();
    }

    private void Send(byte number) => _pair.Child.Send(Frame(number));

    private static byte[] Frame(byte number) => [2, 0, 0, 0, (byte)FrameKind.Pdu, number];

    private sealed class Deferring : IAdapter
    {
        public ConcurrentDictionary<int, DeferredEvent> Events { get; } = [];

        public void Configure(IAdapterContext controller) =>
            controller.UseInbound(
                (session, _) =>
                {
                    Events[(int)session.Value!] = session.Defer();
                    return default;
                }
            );
    }

    private sealed class Sink(ReadingCrewTests test) : IFrameSink
    {
        public void OnFrame(FrameKind kind, ReadOnlyMemory<byte> payload)
        {
            int number = payload.Span[0];
            test._deferring.Events[number].Settle(EventOutcome.Completed([]));
            test._read.Add(number);
        }

        public void OnEnd(string reason, bool isBreach) { }
    }
}
