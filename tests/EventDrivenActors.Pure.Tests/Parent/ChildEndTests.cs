using EventDrivenActors.Subprocess.Connecting;
using EventDrivenActors.Subprocess.Launching;
using EventDrivenActors.Subprocess.Parent;
using EventDrivenActors.Wire.Protocol;

namespace EventDrivenActors.Pure.Tests.Parent;

public sealed class ChildEndTests
{
    private const string Missing =
        "Could not load file or assembly 'Parts, Version=1.0.0.0'. The system cannot find the file specified.";

    private static readonly ChildExit Crash = new(
        null,
        6,
        [$"Unhandled exception. System.IO.FileNotFoundException: {Missing}"]
    );

    [Fact]
    public void MissingAssembly_IsTriedAgainOnNoPath_BeforeAChildWasReady()
    {
        Assert.False(ChildEnd.Of(7, Crash, wasReady: false).MayRetry);
        Assert.False(ChildEnd.Failed(null, new ChildStartException("No start.", Crash) { MayRetry = false }).MayRetry);
        Assert.False(
            ChildEnd.Failed(7, new ChildSetupException(RemoteFailure.From(new FileNotFoundException(Missing)))).MayRetry
        );
        Assert.False(
            ChildEnd
                .Failed(
                    7,
                    new ChildSetupException(
                        RemoteFailure.From(new InvalidOperationException("outer", new TypeLoadException()))
                    )
                )
                .MayRetry
        );
    }

    [Fact]
    public void OtherEnds_AreTriedAgain()
    {
        Assert.True(ChildEnd.Of(7, Crash, wasReady: true).MayRetry);
        Assert.True(ChildEnd.Of(7, new ChildExit(1, null, []), wasReady: false).MayRetry);
        Assert.True(
            ChildEnd
                .Failed(
                    7,
                    new ChildSetupException(RemoteFailure.From(new FileNotFoundException("There is no 'licence.txt'.")))
                )
                .MayRetry
        );
        Assert.True(ChildEnd.Failed(7, new ChildSetupException(TimeSpan.FromSeconds(1))).MayRetry);
    }

    [Fact]
    public void Refusal_IsNeverTriedAgain_WhicheverEndRefused()
    {
        ChildEnd[] ends =
        [
            ChildEnd.Failed(null, new LinkRefusedException("Another build.")),
            ChildEnd.Failed(
                null,
                new ChildStartException("Ended.", new ChildExit(ChildExit.Refused, null, ["Another build."]))
            ),
        ];

        Assert.All(ends, end => Assert.Equal((ExitReason.Refused, false), (end.Reason, end.MayRetry)));
    }

    [Fact]
    public void Stranger_OnTheSocket_IsNoRefusal()
    {
        ChildEnd[] ends =
        [
            ChildEnd.Failed(null, new LinkRefusedException("Wrong proof.", byStranger: true)),
            ChildEnd.Failed(
                null,
                new ChildStartException("Ended.", new ChildExit(ChildExit.MetStranger, null, ["Wrong proof."]))
            ),
        ];

        Assert.All(ends, end => Assert.Equal((ExitReason.StartFailed, true), (end.Reason, end.MayRetry)));
    }

    [Fact]
    public void Exit_ThatNobodyCouldWaitFor_IsSaidToBeUnknown() =>
        Assert.StartsWith(
            "the child process '7' ended in a way that is not known",
            ChildEnd.Of(7, new ChildExit(null, null, []), wasReady: true).ToString()
        );

    [Theory]
    [InlineData(
        ExitReason.Unresponsive,
        "ended by signal 9, nothing on stderr (it had been silent for too long, so it was taken for frozen and killed)"
    )]
    [InlineData(
        ExitReason.KilledOnTimeout,
        "ended by signal 9, nothing on stderr (a handler ignored its time-out, so it was killed)"
    )]
    [InlineData(ExitReason.Signalled, "ended by signal 9, nothing on stderr")]
    public void Kill_SaysWhoseItWas(ExitReason reason, string said) =>
        Assert.Equal(
            $"the child process '7' {said}",
            new ChildEnd(reason, 7, new ChildExit(null, 9, []), null).ToString()
        );
}
