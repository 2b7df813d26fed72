using EventDrivenActors.EventLoop;

namespace EventDrivenActors.Pure.Tests.EventLoop;

/// <summary>Takes a loop and its model through the same commands and compares them after each one.</summary>
internal sealed partial class LoopScenario
{
    public static readonly TimeSpan EventTimeout = TimeSpan.FromSeconds(7.3);
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);
    private readonly ManualTime _time = new();
    private readonly FakeLoopHost _host = new();
    private readonly LoopHandlers _handlers = new();
    private readonly LoopFacade _loop;
    private readonly LoopModel _model;
    private readonly List<ScriptedEvent> _pendings = [];
    private readonly List<RoomWait> _roomWaits = [];
    private readonly List<(Task Task, long Newest)> _pendingWaits = [];
    private readonly List<(Task<ShutdownReport> Task, ModelShutdown Model)> _reports = [];
    private List<(Task Task, bool MayComplete)> _idleWaits = [];
    private int _lastId;

    private LoopScenario(LoopShape shape)
    {
        _model = new LoopModel(shape);
        LoopSettings settings = new(_host, _host, _handlers.Map(shape), _time)
        {
            Capacity = shape.Capacity,
            FullMode = shape.FullMode,
            InboundFilters = shape.Filtered ? [_handlers.Filter] : [],
        };
        _loop = new LoopFacade(settings);
        _loop.Loop.Tap = _handlers;
    }

    /// <summary>Runs the commands, then ends everything in order.</summary>
    public static async Task RunAsync(LoopShape shape, IEnumerable<Command> commands)
    {
        LoopScenario scenario = new(shape);
        foreach (Command command in commands)
        {
            await scenario.StepAsync(command).ConfigureAwait(false);
        }

        await scenario.EndAsync().ConfigureAwait(false);
    }

    private async Task StepAsync(Command command)
    {
        Apply(command);
        Close();
        await CheckAsync().ConfigureAwait(false);
    }

    /// <summary>
    /// Lets everything end: whatever happened before, a drained shutdown leaves nothing open and nothing unrun.
    /// </summary>
    private async Task EndAsync()
    {
        await StepAsync(new Command(Act.Resume, 0, 0)).ConfigureAwait(false);
        await StepAsync(new Command(Act.Pump, 0, 0)).ConfigureAwait(false);
        await StepAsync(new Command(Act.Run, 0, 0)).ConfigureAwait(false);
        await StepAsync(new Command(Act.Shutdown, 0, 1)).ConfigureAwait(false);
        for (int i = 0; _model.State != ControllerState.Stopped || _model.Running is not null; i++)
        {
            Assert.True(i < 1000, "The loop never ended.");
            await StepAsync(new Command(Act.Pump, 0, 0)).ConfigureAwait(false);
            await StepAsync(new Command(Act.CompleteHandler, 0, 0)).ConfigureAwait(false);
            await StepAsync(new Command(Act.SettleDeferred, 0, 0)).ConfigureAwait(false);
            if (_model.Operation is null && _model.State == ControllerState.Running)
            {
                await StepAsync(new Command(Act.Shutdown, 0, 1)).ConfigureAwait(false);
            }
        }

        await StepAsync(new Command(Act.Pump, 0, 0)).ConfigureAwait(false);
        IEnumerable<ScriptedEvent> refused = _roomWaits.Where(wait => !wait.Event.Admitted).Select(wait => wait.Event);
        Assert.All(
            _pendings.Except(refused),
            scripted => Assert.True(scripted.Pending!.IsSettled, $"The {scripted} is open at the end.")
        );
        Assert.All(_idleWaits, wait => Assert.True(wait.Task.IsCompleted, "A wait for idle is open at the end."));
        Assert.All(
            _pendingWaits,
            wait => Assert.True(wait.Task.IsCompleted, "A wait for the queue is open at the end.")
        );
        await StepAsync(new Command(Act.Dispatch, 0, 0)).ConfigureAwait(false);
    }

    private void Close()
    {
        bool ended = _host.TakeEnded();
        Assert.True(ended == _model.EndRequested, $"The loop {(ended ? "ended" : "did not end")} the run.");
        if (ended)
        {
            _loop.Close([]);
            _model.Close();
        }
    }

    private sealed record RoomWait(ScriptedEvent Event, Task Task, CancellationTokenSource Cancellation)
    {
        public bool Cancelled { get; set; }

        public bool Checked { get; set; }
    }
}
