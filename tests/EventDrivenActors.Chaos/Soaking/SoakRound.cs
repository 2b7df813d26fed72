using EventDrivenActors.Chaos.Checking;
using EventDrivenActors.Chaos.Runs;

namespace EventDrivenActors.Chaos.Soaking;

/// <summary>
/// A controller whose order is checked and whose child has a spare, a pool of children, and a child with the kill
/// ladder, all under load, replaced as planned, disturbed and killed for a while.
/// </summary>
internal sealed class SoakRound : IAsyncDisposable
{
    private static readonly TimeSpan KillInterval = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly ChaosRig _rig = new();
    private readonly Random _random;
    private readonly CancellationTokenSource _over = new();
    private int _kills;
    private int _overloads;

    public SoakRound(int seed) => _random = new Random(seed);

    /// <summary>The round in a line.</summary>
    public string Summary =>
        $"{_rig.Recorder.Accepted} events, {_kills} kills, {_rig.Children.Sum(child => child.Restarts)} restarts, "
        + $"{_rig.Children.Sum(child => child.Recycled)} recycled; {_rig.Recorder.Summary}"
        + (_overloads == 0 ? "" : $"; overloaded: {_overloads} drains met their deadline, so more is cancelled");

    public async Task<Verdict> RunAsync(TimeSpan length)
    {
        Controller ordered = _rig.StartController(
            "ordered",
            child =>
            {
                child.Idempotent("work-again", "exit-again");
                child.WarmSpare = true;
                child.Recycling.MaxEvents = 1_000;
            }
        );
        Controller ladder = _rig.StartController(
            "ladder",
            child =>
            {
                child.Idempotent("work-again");
                child.Workers = 2;
                child.EventTimeout = LoadMix.Timeout;
                child.KillOnTimeout = true;
                child.KillGrace = TimeSpan.FromMilliseconds(200);
                child.Recycling.MaxAge = TimeSpan.FromSeconds(4);
            }
        );
        ControllerPool pool = _rig.Runtime.CreatePool(
            2,
            options =>
            {
                options.Name = "pool";
                _rig.AddChild(
                    options,
                    child =>
                    {
                        child.Idempotent("work-again");
                        child.Recycling.MaxEvents = 700;
                    }
                );
            }
        );
        pool.Run();
        SoakLoad[] loads =
        [
            new(_rig.Recorder, ordered, LoadMix.Ordered, _random.Next()),
            new(_rig.Recorder, ladder, LoadMix.Ladder, _random.Next()),
            new(_rig.Recorder, pool, LoadMix.Pool, _random.Next()),
            new(_rig.Recorder, pool, LoadMix.Pool, _random.Next()),
        ];
        SoakDisturbance[] disturbances =
        [
            new(_rig.Recorder, ordered, _random.Next()),
            new(_rig.Recorder, ladder, _random.Next()),
            new(_rig.Recorder, pool, _random.Next()),
        ];
        Task[] running =
        [
            .. loads.Select(load => load.RunAsync(_over.Token)),
            .. disturbances.Select(one => one.RunAsync(length, _over.Token)),
            KillAsync(),
        ];
        await Task.WhenAny(Task.Delay(length), Task.WhenAll(running));
        await _over.CancelAsync();
        await Task.WhenAll(running).WaitAsync(Patience);
        _overloads = disturbances.Sum(one => one.Overloads);
        return await _rig.EndAsync(Patience);
    }

    public async ValueTask DisposeAsync()
    {
        await _rig.DisposeAsync();
        _over.Dispose();
    }

    private async Task KillAsync()
    {
        while (true)
        {
            await Task.Delay(KillInterval, _over.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (_over.IsCancellationRequested)
            {
                return;
            }

            IReadOnlyList<SubprocessAdapter> children = _rig.Children;
            SubprocessAdapter child = children[_random.Next(children.Count)];
            if ((_random.Next(4) == 0 ? child.SpareProcessId ?? child.ProcessId : child.ProcessId) is { } victim)
            {
                _rig.Recorder.Killed(victim);
                Recording.Processes.Signal(victim, Recording.Processes.SigKill);
                _kills++;
            }
        }
    }
}
