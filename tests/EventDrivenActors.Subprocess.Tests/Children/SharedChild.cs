using EventDrivenActors.TestSupport;

namespace EventDrivenActors.Subprocess.Tests.Children;

/// <summary>One child for the tests of a class, which must leave it as they found it.</summary>
public sealed class SharedChild : IAsyncLifetime
{
    private readonly ChildHarness _harness = new();

    public Controller Controller { get; private set; } = null!;

    public SubprocessAdapter Child => _harness.Child;

    public Task InitializeAsync()
    {
        Controller = _harness.Start(child =>
        {
            child.MaxPayloadBytes = 1024 * 1024;
            child.AllowType<Holder>().AllowType<Line>();
            child
                .Mapping.On("refused-result", object () => new Unlisted(1))
                .On("huge-result", () => new byte[2 * 1024 * 1024]);
        });
        return Task.CompletedTask;
    }

    public Task DisposeAsync() => _harness.DisposeAsync().AsTask().Guarded();
}
