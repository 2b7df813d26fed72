using System.Diagnostics;
using EventDrivenActors.Chaos.Checking;

namespace EventDrivenActors.Chaos.Tests.Checking;

public sealed class PauseRulesTests
{
    [Theory]
    [InlineData(0.5, true)]
    [InlineData(1.05, true)]
    [InlineData(1.5, false)]
    [InlineData(2.5, true)]
    public void Start_WhileSuspended_IsBroken(double second, bool clean)
    {
        Verdict verdict = InvariantChecker.Check(
            new RunHistory
            {
                Accepted = [new AcceptedEvent(1, "one", Deed.Work)],
                Notes = [Note(NoteKind.Begin, second), Note(NoteKind.End, second)],
                Settlements = [new Settlement(1, PendingStatus.Completed, TimeSpan.Zero)],
                Pauses = [new Pause("one", Stopwatch.Frequency, 2 * Stopwatch.Frequency)],
            }
        );

        Assert.Equal(clean, verdict.IsClean);
    }

    private static Note Note(NoteKind kind, double second) => new(kind, 1, 1, 1, (long)(second * Stopwatch.Frequency));
}
