using EventDrivenActors.TestKit.Loops;

namespace EventDrivenActors.TestKit.Tests.Loops;

/// <summary>The pool is at rest when an item neither waits nor runs, whatever happens between two looks.</summary>
public sealed class PoolQuietTests
{
    /// <summary>An item is taken after so many looks at the pool, and has run after so many more.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Item_TakenBetweenTwoLooks_IsWaitedFor(int takenAfter)
    {
        int looks = 0;
        PoolQuiet rest = new(0, () => looks++ < takenAfter ? 1 : 0, () => IsRunning(looks++) ? 1 : 0);

        while (!rest.IsQuiet())
        {
            // It looks again.
        }

        Assert.True(looks > takenAfter + 10, $"The item still ran after {looks} looks.");

        bool IsRunning(int look) => look >= takenAfter && look < takenAfter + 10;
    }

    /// <summary>
    /// Threads that happened to be busy at first are not busy for good, so while they end one after another the others
    /// are still at work.
    /// </summary>
    [Fact]
    public void ThreadsThatEndOneAfterAnother_AreWaitedFor()
    {
        int looks = 0;
        PoolQuiet rest = new(3, () => 0, () => Math.Max(0, 3 - ++looks));

        while (!rest.IsQuiet())
        {
            // It looks again.
        }

        Assert.Equal(4, looks);
    }
}
