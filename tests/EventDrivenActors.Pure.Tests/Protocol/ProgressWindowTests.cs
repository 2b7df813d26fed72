using CsCheck;
using EventDrivenActors.Wire.Protocol;

namespace EventDrivenActors.Pure.Tests.Protocol;

public sealed class ProgressWindowTests
{
    /// <summary>Reports of any size, taken at any time: bounded, in order, and the newest always leaves.</summary>
    [Fact]
    public void Reports_OfAnySize_LeaveInOrderWithinTheBounds() =>
        Gen.Select(Gen.Bool, Gen.Int[1, 300_000])
            .Array[0, 150]
            .Sample(
                steps =>
                {
                    ProgressWindow window = new();
                    Queue<byte[]> away = [];
                    List<byte[]> left = [];
                    List<byte[]> offered = [];
                    foreach ((bool taken, int size) in steps)
                    {
                        if (!taken)
                        {
                            byte[] report = new byte[size];
                            offered.Add(report);
                            Leave(window.TrySend(report) ? report : null);
                        }
                        else if (away.TryDequeue(out _))
                        {
                            Leave(window.Taken());
                        }

                        Assert.True(away.Count <= ProgressWindow.MaxCount);
                        Assert.True(
                            away.Count <= 1 || away.Sum(report => (long)report.Length) <= ProgressWindow.MaxBytes
                        );
                    }

                    Leave(window.Flush());
                    Assert.True(offered.Where(left.Contains).SequenceEqual(left), "the reports left out of order");
                    Assert.Same(offered.LastOrDefault(), left.LastOrDefault());

                    void Leave(byte[]? report)
                    {
                        if (report is not null)
                        {
                            away.Enqueue(report);
                            left.Add(report);
                        }
                    }
                },
                iter: 30
            );
}
