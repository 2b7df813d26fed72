using EventDrivenActors.TestSupport;

namespace EventDrivenActors.Subprocess.Tests.Children;

/// <summary>What cannot cross fails at the caller, before anything is sent.</summary>
public sealed class RefusalTests(SharedChild shared) : IClassFixture<SharedChild>, IAsyncLifetime
{
    private int _process;

    public async Task InitializeAsync() => _process = (int)(await shared.Controller.Dispatch("process").Guarded())[0]!;

    /// <summary>Whatever was refused, the child has not noticed.</summary>
    public async Task DisposeAsync() => Assert.Equal([_process], await shared.Controller.Dispatch("process").Guarded());

    [Fact]
    public void Lambda_ThatCaptures_IsRefusedAndNamesTheVariable()
    {
        int captured = 5;
        Assert.Contains("'captured'", Refused(() => shared.Controller.Submit(() => captured)));
        Assert.Contains("'this'", Refused(() => shared.Controller.Submit(() => _process)));
    }

    [Fact]
    public void Function_ThatCombinesSeveral_IsRefusedAlsoWhereOneIsKnown()
    {
        Action known = ChildWork.FailFast;
        Assert.Contains("2 methods", Refused(() => shared.Controller.Submit(known + known)));
    }

    [Fact]
    public void Delegate_AsAValue_IsRefused() =>
        Assert.Contains("value", Refused(() => shared.Controller.Dispatch("echo", (Action)(() => { }))));

    [Fact]
    public void Type_ThatNothingNames_IsRefusedWithTheRemedy()
    {
        string message = Refused(() => shared.Controller.Dispatch("echo", args: [1, new Unlisted(1)]));
        Assert.Contains(nameof(Unlisted), message);
        Assert.Contains("argument '1'", message);
        Assert.Contains("AllowType", message);
    }

    [Fact]
    public void Member_ThatMayNotCross_IsNamedByItsPath() =>
        Assert.Contains(
            nameof(Holder.Content),
            Refused(() => shared.Controller.Dispatch("echo", new Holder(new Unlisted(1))))
        );

    [Fact]
    public void ContextEntry_ThatMayNotCross_IsNamed() =>
        Assert.Contains(
            "'stream'",
            Refused(() =>
                shared.Controller.Dispatch("echo", context: SessionContext.Empty.With("stream", new MemoryStream()))
            )
        );

    [Fact]
    public void Payload_AboveTheLimit_IsRefusedWithItsSize() =>
        Assert.Contains("1048576", Refused(() => shared.Controller.Dispatch("echo", new byte[2 * 1024 * 1024])));

    [Fact]
    public async Task DispatchAsync_OfWhatMayNotCross_Throws() =>
        await Assert.ThrowsAsync<PayloadRefusedException>(() =>
            shared.Controller.DispatchAsync("echo", new Unlisted(1)).AsTask()
        );

    [Fact]
    public void Key_ThatIsNoPlainValue_IsRefused() =>
        Assert.Contains(nameof(Unlisted), Refused(() => shared.Controller.Dispatch(new Unlisted(1))));

    private static string Refused(Action call) => Assert.Throws<PayloadRefusedException>(call).Message;
}
