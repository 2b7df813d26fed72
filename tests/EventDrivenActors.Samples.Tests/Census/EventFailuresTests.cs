using AssemblyCensus.Engines;

namespace EventDrivenActors.Samples.Tests.Census;

public class EventFailuresTests
{
    [Fact]
    public void Of_EachException_IsItsKind()
    {
        (Exception Exception, EventFailure Kind)[] cases =
        [
            (new RemoteHandlerException("m") { RemoteType = "T", RemoteMessage = "m" }, EventFailure.HandlerFailed),
            (new ChildLostException("m") { ExitCode = 0, Started = true }, EventFailure.ChildExited),
            (new ChildLostException("m") { Signal = 9 }, EventFailure.ChildCrashed),
            (new ChildLostException("m") { ExitCode = 7, Started = false }, EventFailure.NotRun),
            (new EventTimeoutException("m"), EventFailure.TimedOut),
            (new PoisonedEventException("m", 3), EventFailure.Poisoned),
            (new ControllerClosedException("m"), EventFailure.NotRun),
            (new OperationCanceledException("m"), EventFailure.NotRun),
        ];

        Assert.All(cases, one => Assert.Equal(one.Kind, EventFailures.Of(one.Exception)));
    }

    [Fact]
    public void Sentence_LostChild_QuotesWhatItSaidWithoutItsStack()
    {
        ChildLostException lost = new("m")
        {
            ProcessId = 12,
            Signal = 6,
            Started = true,
            LastErrorLines = ["   at A.B()", "Out of memory.", "   at C.D()"],
        };

        Assert.Equal(
            "The child process 12 was ended by signal 6, saying \"Out of memory.\".",
            EventFailures.Sentence(lost)
        );
    }
}
