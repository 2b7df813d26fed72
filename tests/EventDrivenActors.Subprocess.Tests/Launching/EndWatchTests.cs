using System.Diagnostics;
using EventDrivenActors.Subprocess.Launching;
using EventDrivenActors.TestSupport;

namespace EventDrivenActors.Subprocess.Tests.Launching;

public sealed class EndWatchTests : IDisposable
{
    private static readonly TimeSpan Never = TimeSpan.FromDays(1);
    private readonly EndWatch _watch = new();
    private readonly Journal<int> _seen = new();
    private readonly List<Process> _processes = [];

    public void Dispose() =>
        _processes.ForEach(process =>
        {
            process.Kill();
            process.Dispose();
        });

    [Fact]
    public async Task Ends_AreSeen_EachOnce()
    {
        int[] all = [Sleeper(), Sleeper(), Sleeper()];

        for (int ended = 0; ended < all.Length; ended++)
        {
            Native.Kill(all[ended], Native.SigKill);
            await _seen.WaitForAsync(ended + 1);
        }

        Assert.Equal(all, _seen.Entries);
    }

    [Fact]
    public async Task End_BeforeItIsWatched_IsSeen()
    {
        Process process = Process.Start("/bin/true");
        _processes.Add(process);
        await process.WaitForExitAsync().Guarded();

        _watch.Watch(process.Id, () => process.HasExited, () => _seen.Add(1));

        await _seen.WaitForAsync(1);
    }

    [Fact]
    public async Task CallbackThatThrows_HidesNoOtherEnd()
    {
        int first = Sleeper(() => throw new InvalidOperationException("on purpose"));
        int second = Sleeper();

        Native.Kill(first, Native.SigKill);
        Native.Kill(second, Native.SigKill);

        Assert.Equal([second], await _seen.WaitForAsync(1));
    }

    /// <summary>
    /// The thread of the watch is held up until all of them are known, as on a busy machine, and then several are due.
    /// </summary>
    [Fact]
    public async Task Times_ComeInTheirOrder_AndNotWhenTheyWereTakenBack()
    {
        using ManualResetEventSlim known = new();
        Gate holding = new();
        using IDisposable first = _watch.After(
            TimeSpan.Zero,
            () =>
            {
                holding.PassAsync();
                known.Wait();
            }
        );
        await holding.Entered;
        using IDisposable never = _watch.After(Never, () => _seen.Add(0));
        using IDisposable late = _watch.After(TimeSpan.FromMilliseconds(60), () => _seen.Add(4));
        using IDisposable overdue = _watch.After(TimeSpan.FromHours(-1), () => _seen.Add(2));
        _watch.After(TimeSpan.FromMilliseconds(30), () => _seen.Add(3)).Dispose();
        using IDisposable longOverdue = _watch.After(TimeSpan.FromHours(-2), () => _seen.Add(1));
        known.Set();

        Assert.Equal([1, 2, 4], await _seen.WaitForAsync(3));
    }

    [Fact]
    public async Task Watch_ThatHadNothingToDo_BeginsAnew()
    {
        for (int round = 1; round <= 20; round++)
        {
            Native.Kill(Sleeper(), Native.SigKill);
            await _seen.WaitForAsync(round);
        }
    }

    private int Sleeper(Action? onEnd = null)
    {
        Process process = Process.Start("/bin/sleep", "1000");
        _processes.Add(process);
        _watch.Watch(process.Id, () => process.HasExited, onEnd ?? (() => _seen.Add(process.Id)));
        return process.Id;
    }
}
