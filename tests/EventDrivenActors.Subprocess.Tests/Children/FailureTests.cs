using EventDrivenActors.TestSupport;

namespace EventDrivenActors.Subprocess.Tests.Children;

public sealed class FailureTests(SharedChild shared) : IClassFixture<SharedChild>
{
    [Fact]
    public async Task Handler_ThatThrows_SaysTypeMessageAndWhere()
    {
        Pending pending = shared.Controller.Submit(Fail);

        RemoteHandlerException failure = await Assert.ThrowsAsync<RemoteHandlerException>(() => pending.Guarded());

        Assert.Equal(PendingStatus.Faulted, pending.Status);
        Assert.Equal(typeof(InvalidOperationException).FullName, failure.RemoteType);
        Assert.Equal("outer", failure.RemoteMessage);
        Assert.Contains(nameof(Fail), failure.RemoteStackTrace);
        Assert.Contains($"'{shared.Child.ProcessId}'", failure.Message);
        RemoteHandlerException inner = Assert.Single(failure.RemoteInnerExceptions);
        Assert.Same(inner, failure.InnerException);
        Assert.Equal((typeof(FormatException).FullName, "inner"), (inner.RemoteType, inner.RemoteMessage));
    }

    [Fact]
    public async Task Aggregate_ThatIsThrown_CarriesAllItsInnerOnes()
    {
        RemoteHandlerException failure = await Assert.ThrowsAsync<RemoteHandlerException>(() =>
            shared.Controller.Submit(FailTwice).Guarded()
        );

        Assert.Equal(["one", "two"], failure.RemoteInnerExceptions.Select(inner => inner.RemoteMessage));
    }

    [Theory]
    [InlineData("refused-result", nameof(Unlisted))]
    [InlineData("huge-result", "1048576")]
    public async Task Result_ThatCannotTravel_FaultsThatEventAndTheChildLives(string key, string named)
    {
        object? process = (await shared.Controller.Dispatch("process").Guarded())[0];
        Pending pending = shared.Controller.Dispatch(key);

        RemoteHandlerException failure = await Assert.ThrowsAsync<RemoteHandlerException>(() => pending.Guarded());

        Assert.Equal(PendingStatus.Faulted, pending.Status);
        Assert.Contains(named, failure.RemoteMessage);
        Assert.Equal([process], await shared.Controller.Dispatch("process").Guarded());
    }

    [Fact]
    public async Task WrongArgument_FaultsThatEvent()
    {
        RemoteHandlerException failure = await Assert.ThrowsAsync<RemoteHandlerException>(() =>
            shared.Controller.Dispatch("mark", "text").Guarded()
        );

        Assert.Equal(typeof(ArgumentException).FullName, failure.RemoteType);
    }

    private static void Fail()
    {
        try
        {
            throw new FormatException("inner");
        }
        catch (FormatException reason)
        {
            throw new InvalidOperationException("outer", reason);
        }
    }

    private static void FailTwice() =>
        throw new AggregateException(new FormatException("one"), new FormatException("two"));
}
