namespace EventDrivenActors.Pure.Tests.EventLoop;

public sealed class SessionContextTests
{
    private static readonly SessionKey<string> Key = new("key");

    [Fact]
    public void Merge_SameName_TakesTheInnerEntry()
    {
        SessionContext merged = SessionContext
            .Empty.With(Key, "outer")
            .With("seen", 1)
            .Merge(SessionContext.Empty.With(Key, "inner"));

        Assert.Equal("inner", Of(merged));
        Assert.Equal(["key", "seen"], merged.Select(entry => entry.Key));
    }

    [Fact]
    public void Merge_WithoutInside_LeavesTheEntryOutside()
    {
        SessionContext merged = SessionContext
            .Empty.With(Key, "a")
            .Merge(SessionContext.Empty.Without("key", "It is missing."));

        Assert.Equal("a", Of(merged));
    }

    [Fact]
    public void Without_Entry_IsNeitherCountedNorFound()
    {
        SessionContext context = SessionContext.Empty.With("seen", 1).Without("key", "It is missing.");

        Assert.Null(Of(context));
        Assert.Equal(["seen"], context.Select(entry => entry.Key));
        Assert.Single(context);
    }

    private static string? Of(SessionContext context) => context.TryGet(Key, out string? value) ? value : null;
}
