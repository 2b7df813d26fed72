using EventDrivenActors.Subprocess.Connecting;
using EventDrivenActors.Subprocess.Launching;
using EventDrivenActors.Subprocess.Tests.Connecting;
using EventDrivenActors.Subprocess.Tests.Launching;
using EventDrivenActors.TestSupport;

namespace EventDrivenActors.Subprocess.Tests.Children;

/// <summary>P13, for real: a timer over STOP and CONT.</summary>
public sealed class StoppedTimerTests
{
    private const int SigContinue = 18;
    private const int Intervals = 20;

    /// <summary>
    /// Each tick that came due is either one or is counted; where nearly all of a pause are counted, few can have come
    /// at once.
    /// </summary>
    [Fact]
    public async Task Timer_OfAProcessThatWasStopped_CountsWhatItMissed_AndDoesNotBurst()
    {
        await using LinkHarness harness = new();
        ParentConnection process = await harness.StartAsync<TimerProgram>();
        await NextAsync(harness);
        using CancellationTokenSource guard = new(HangGuard.Limit);

        await Processes.StopAsync(process.ProcessId);
        await Task.Delay(TimerProgram.Interval * Intervals, guard.Token);
        Native.Kill(process.ProcessId, SigContinue);

        (long number, long missed) = await NextAsync(harness);
        for (long last = number - 1; missed < Intervals * 3 / 4; (number, missed) = await NextAsync(harness))
        {
            guard.Token.ThrowIfCancellationRequested();
            Assert.Equal(last + 1, number);
            last = number;
        }

        Assert.Equal(number + 1, (await NextAsync(harness)).Number);
    }

    private static async Task<(long Number, long Missed)> NextAsync(LinkHarness harness)
    {
        string[] words = (await harness.Peer.NextTextAsync().WaitAsync(HangGuard.Limit)).Split(' ');
        return (long.Parse(words[0]), long.Parse(words[1]));
    }
}
