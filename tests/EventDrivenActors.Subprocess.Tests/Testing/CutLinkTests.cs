using Akka.Configuration;
using EventDrivenActors.Subprocess.Launching;
using EventDrivenActors.Subprocess.Testing;
using EventDrivenActors.TestSupport;

namespace EventDrivenActors.Subprocess.Tests.Testing;

/// <summary>
/// A link that is cut at any byte, with several workers at work: what had started is lost or delivered again, all else
/// goes to the next child, and nothing runs twice.
/// </summary>
public sealed class CutLinkTests : IAsyncDisposable
{
    private const int Batch = 6;

    private static readonly Journal<(int Id, int Attempt)> Ran = new();
    private static TaskCompletionSource _open = new();

    private readonly EventRuntime _runtime = EventRuntime.Create(options =>
        options.Configuration = ConfigurationFactory.ParseString("akka.loglevel = OFF, akka.stdout-loglevel = OFF")
    );

    private readonly List<CutRelay> _children = [];
    private readonly Dictionary<int, Pending> _all = [];
    private Func<IChildProcess, CutRelay>? _next;
    private Controller _controller = null!;
    private int _lastId;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Cut_AtAnyByte_CostsWhatHadStarted_AndNothingRunsTwice(bool toParent)
    {
        int before = Ran.Count;
        Start();
        await _controller.Dispatch("note", args: [0]).Guarded();
        long from = Bytes(_children[^1]);
        await RunBatchAsync();
        long to = Bytes(_children[^1]);

        // Some of them before it is ready.
        for (long cut = from - 200; cut < to + 50; cut++)
        {
            long at = cut;
            _next = child => toParent ? new CutRelay(child, toParent: at) : new CutRelay(child, toChild: at);
            await ReplaceAsync();
            await RunBatchAsync();
        }

        await _controller.ShutdownAsync().Guarded();
        await CheckAsync(before, toParent);
        long Bytes(CutRelay child) => toParent ? child.Said : child.Told;
    }

    public async ValueTask DisposeAsync()
    {
        _open.TrySetResult();
        await _runtime.DisposeAsync();
    }

    private void Start()
    {
        _controller = _runtime.CreateController(options =>
            options.AddSubprocess(child =>
            {
                child.Workers = 3;
                child.Idempotent("note-again");
                child.Restart.MinDelay = TimeSpan.Zero;
                child.Restart.MaxDelay = TimeSpan.Zero;
                child.Restart.MaxRestarts = 100_000;
                child
                    .Mapping.On("note", (Func<Session, int, int>)Note)
                    .On("note-again", (Func<Session, int, int>)Note)
                    .On("hold", HoldAsync);
                child.Launcher = launch =>
                {
                    InProcessChild inner = new(launch);
                    CutRelay relay = Interlocked.Exchange(ref _next, null)?.Invoke(inner) ?? new CutRelay(inner);
                    _children.Add(relay);
                    return relay;
                };
            })
        );
        _controller.Run();
    }

    /// <summary>Ends the child: the next one is cut somewhere, perhaps before it is ready.</summary>
    private async Task ReplaceAsync()
    {
        CutRelay last = _children[^1];
        last.Kill();
        await last.Exited.Guarded();
    }

    private async Task RunBatchAsync()
    {
        _open = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Pending held = Dispatch("hold");
        Pending[] others =
        [
            .. Enumerable.Range(1, Batch - 1).Select(number => Dispatch(number % 3 == 0 ? "note-again" : "note")),
        ];
        foreach (Pending one in others)
        {
            await one.StatusAsync();
        }

        _open.TrySetResult();
        await held.StatusAsync();
    }

    private Pending Dispatch(string key)
    {
        int id = ++_lastId;
        return _all[id] = _controller.Dispatch(key, args: [id]);
    }

    private async Task CheckAsync(int before, bool toParent)
    {
        int lost = 0;
        foreach ((int id, Pending pending) in _all)
        {
            bool again = "note-again".Equals(pending.Key);
            if (pending.Status == PendingStatus.ChildLost)
            {
                Assert.False(again);
                Assert.True(((ChildLostException)pending.Exception!).Started, pending.Exception!.Message);
                lost++;
            }
            else
            {
                Assert.Equal([id], await pending);
            }
        }

        // What had started in a child that counts as dead goes on there, and is heard of a moment later; what was only
        // about to start may not, for its pool is aborted.
        HashSet<int> sure = [.. _all.Where(one => one.Value.Status == PendingStatus.Completed).Select(one => one.Key)];
        ILookup<int, int> runs = await RunsAsync(before, sure);
        foreach ((int id, Pending pending) in _all)
        {
            Assert.True(
                "note-again".Equals(pending.Key)
                    ? (runs[id].Any() || !sure.Contains(id)) && runs[id].Distinct().Count() == runs[id].Count()
                    : runs[id].Count() == 1 || (!sure.Contains(id) && !runs[id].Any()),
                $"{id} ran {runs[id].Count()} times"
            );
        }

        // Where only the words to the child are cut, it may have started nothing yet, at any byte.
        Assert.True(
            (lost > 0 || !toParent) && _children.Count(child => child.WasCut) > 200,
            $"{lost} events were lost in {_children.Count} children"
        );
    }

    /// <summary>All runs, once each of these events has had one.</summary>
    private async Task<ILookup<int, int>> RunsAsync(int before, HashSet<int> sure)
    {
        for (int count = before + sure.Count; ; count++)
        {
            ILookup<int, int> runs = (await Ran.WaitForAsync(count))
                .Skip(before)
                .ToLookup(run => run.Id, run => run.Attempt);
            if (sure.All(runs.Contains))
            {
                return runs;
            }
        }
    }

    private static int Note(Session session, int id)
    {
        Ran.Add((id, session.Attempt));
        return id;
    }

    private static async Task<int> HoldAsync(Session session, int id)
    {
        Ran.Add((id, session.Attempt));
        await _open.Task;
        return id;
    }
}
