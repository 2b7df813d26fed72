using EventDrivenActors.Sessions;

namespace EventDrivenActors.Pure.Tests.Sessions;

/// <summary>A source that a late thread has left in the frame serves no later event.</summary>
public sealed class EventTokenTests
{
    private const int First = 1;
    private const int Next = 3;

    [Fact]
    public void Cancel_OfTheNextEvent_LeavesTheTokenOfTheFirstAlone()
    {
        EventToken token = new();
        CancellationToken first = token.Get(First);

        CancellationTokenSource? source = token.Cancel(Next);
        source?.Cancel();

        Assert.False(first.IsCancellationRequested);
    }

    [Fact]
    public void Get_OfTheNextEvent_MakesItsOwnToken()
    {
        EventToken token = new();
        CancellationToken first = token.Get(First);

        CancellationToken next = token.Get(Next);
        token.Cancel(Next)!.Cancel();

        Assert.True(next.IsCancellationRequested);
        Assert.False(first.IsCancellationRequested);
    }

    [Fact]
    public void Get_OfACancelledEvent_IsCancelled()
    {
        EventToken token = new();

        token.Cancel(First);

        Assert.True(token.Get(First).IsCancellationRequested);
        Assert.False(token.Get(Next).IsCancellationRequested);
    }
}
