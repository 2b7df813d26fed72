using CsCheck;
using EventDrivenActors.Subprocess.Supervision;

namespace EventDrivenActors.Pure.Tests.Supervision;

public sealed class ChildPauseTests
{
    [Fact]
    public void TwoReasons_TellTheChildOnce()
    {
        ChildPause pause = new() { ByUser = true };
        Assert.True(pause.Tell());
        pause.ByLadder = true;
        Assert.Null(pause.Tell());
        pause.ByUser = false;
        Assert.Null(pause.Tell());
        pause.ByLadder = false;
        Assert.False(pause.Tell());
        Assert.Null(pause.Tell());
    }

    [Fact]
    public void LateConfirmation_OfAnEarlierPause_ProvesNothing()
    {
        ChildPause pause = new() { ByUser = true };
        pause.Tell();
        pause.ByUser = false;
        pause.Tell();
        Assert.False(pause.Confirm());

        pause.ByUser = true;
        pause.Tell();
        pause.ByUser = false;
        pause.Tell();
        pause.ByUser = true;
        pause.Tell();
        Assert.False(pause.Confirm());
        Assert.True(pause.Confirm());
    }

    /// <summary>
    /// A child that answers late: what the parent takes for proven is true of the child at that instant.
    /// </summary>
    [Fact]
    public void Confirmations_AtAnyTime_ProveOnlyWhatIsTrue() =>
        Gen.Int[0, 4]
            .Array[0, 40]
            .Sample(steps =>
            {
                ChildPause pause = new();
                Queue<bool> toChild = new();
                int answers = 0;
                bool childPaused = false;
                foreach (int step in steps)
                {
                    switch (step)
                    {
                        case 0:
                            pause.ByUser = !pause.ByUser;
                            break;
                        case 1:
                            pause.ByLadder = !pause.ByLadder;
                            break;
                        case 2 or 3 when toChild.TryDequeue(out bool paused):
                            childPaused = paused;
                            answers += paused ? 1 : 0;
                            break;
                        case 4 when answers > 0:
                            answers--;
                            if (pause.Confirm())
                            {
                                Assert.True(childPaused && !toChild.Contains(false));
                            }

                            Assert.True(!pause.Holds || (childPaused && !toChild.Contains(false)));

                            break;
                    }

                    if (pause.Tell() is { } told)
                    {
                        toChild.Enqueue(told);
                    }
                }
            });
}
