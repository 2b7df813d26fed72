namespace EventDrivenActors.Pure.Tests.EventLoop;

public sealed class SessionContextTests
{
    private static readonly SessionKey<string> Hidden = new("hidden");
    private static readonly SessionKey<string> Other = new("other");

    [Fact]
    public void WithHidden_Entry_IsFoundByItsKeyOnly()
    {
        SessionContext context = SessionContext.Empty.With("seen", 1).WithHidden(Hidden, "a").WithHidden(Other, "b");

        Assert.Equal(("a", "b"), (Of(context, Hidden), Of(context, Other)));
        Assert.Equal(["seen"], context.Select(entry => entry.Key));
        Assert.Single(context);
    }

    [Fact]
    public void WithHidden_SameName_TakesThePlaceOfWhatWasThere()
    {
        SessionContext twice = SessionContext.Empty.WithHidden(Hidden, "a").WithHidden(Hidden, "b");
        SessionContext shown = twice.With(Hidden, "c");
        SessionContext again = shown.WithHidden(Hidden, "d");

        Assert.Equal(("b", "c", "d"), (Of(twice, Hidden), Of(shown, Hidden), Of(again, Hidden)));
        Assert.Equal((0, 1, 0), (twice.Count, shown.Count, again.Count));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Merge_HiddenEntries_OfBothAreThereAndTheInnerWins(bool both)
    {
        SessionContext outer = both
            ? SessionContext.Empty.WithHidden(Hidden, "outer").WithHidden(Other, "b")
            : SessionContext.Empty.WithHidden(Other, "b");
        SessionContext merged = outer.Merge(SessionContext.Empty.With("seen", 1).WithHidden(Hidden, "inner"));

        Assert.Equal(("inner", "b"), (Of(merged, Hidden), Of(merged, Other)));
        Assert.Single(merged);
    }

    [Fact]
    public void Merge_WithoutInside_LeavesAHiddenEntryOutside()
    {
        SessionContext merged = SessionContext
            .Empty.WithHidden(Hidden, "a")
            .Merge(SessionContext.Empty.Without("hidden", "It is missing."));

        Assert.Equal("a", Of(merged, Hidden));
    }

    private static string? Of(SessionContext context, SessionKey<string> key) =>
        context.TryGet(key, out string? value) ? value : null;
}
