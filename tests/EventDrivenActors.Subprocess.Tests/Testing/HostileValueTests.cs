using EventDrivenActors.Subprocess.Testing;
using EventDrivenActors.TestSupport;

namespace EventDrivenActors.Subprocess.Tests.Testing;

/// <summary>
/// Values and failures that are hard to carry: they fail alone, at the caller or as their event's failure, and the
/// child lives.
/// </summary>
public sealed class HostileValueTests : IAsyncLifetime
{
    private readonly EventRuntime _runtime = EventRuntime.Create();
    private SubprocessAdapter _child = null!;
    private Controller _controller = null!;

    public Task InitializeAsync()
    {
        _controller = _runtime.CreateController(options =>
            _child = options.AddSubprocess(child =>
            {
                child.RunInProcess().AllowType<HostileWork.Chain>();
                HostileWork.Map(child.Mapping);
            })
        );
        _controller.Run();
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        Assert.Equal(3, Assert.Single(await _controller.Dispatch("sum", null, args: [1, 2]).Guarded()));
        Assert.Equal(0, _child.Restarts);
        await _runtime.DisposeAsync().AsTask().Guarded();
    }

    [Theory]
    [InlineData("unlisted", "Unlisted, which is not allowed")]
    [InlineData("large", "16777216 bytes")]
    [InlineData("deep", "value.Next.Next")]
    [InlineData("hostile-text", "HostileText")]
    [InlineData("hostile-failure", "could not be read")]
    [InlineData("huge-failure", "xxx")]
    [InlineData("deep-failure", "4999")]
    public async Task Result_ThatCannotTravel_FaultsItsEvent(string key, string said)
    {
        RemoteHandlerException failure = await Assert.ThrowsAsync<RemoteHandlerException>(() =>
            _controller.Dispatch(key).Guarded()
        );
        Assert.Contains(said, failure.Message);
    }

    [Theory]
    [InlineData("unlisted")]
    [InlineData("large")]
    public async Task Result_ThatCannotTravel_IsToldApartFromAHandlerThatThrows(string key)
    {
        RemoteHandlerException failure = await Assert.ThrowsAsync<RemoteHandlerException>(() =>
            _controller.Dispatch(key).Guarded()
        );
        Assert.StartsWith($"The result of '{key}' cannot cross: ", failure.Message);
        Assert.DoesNotContain("threw", failure.Message);
    }

    [Fact]
    public async Task Array_ThatContainsItself_Arrives()
    {
        object[] back = Assert.IsType<object[]>(Assert.Single(await _controller.Dispatch("endless-array").Guarded()));
        Assert.Same(back, back[0]);
    }

    [Fact]
    public void Value_ThatCannotTravel_IsRefusedAtTheCaller()
    {
        Assert.Contains("Unlisted", Refusal(new HostileWork.Unlisted()));
        Assert.Contains("16777216 bytes", Refusal(new byte[17 * 1024 * 1024]));
        Assert.Contains(".Next.Next", Refusal(HostileWork.Chain.Of(20_000)));
        Assert.Contains("HostileText", Refusal(new HostileWork.HostileText()));
        Assert.Contains("System.Action", Refusal(new Action(() => { })));
        Assert.Contains("Type", Refusal(typeof(string)));
    }

    [Fact]
    public async Task Value_ThatContainsItself_Arrives()
    {
        HostileWork.Chain circle = new();
        circle.Next = circle;
        HostileWork.Chain back = Assert.IsType<HostileWork.Chain>(
            await _controller.Submit(Children.ChildWork.Echo, circle).Guarded()
        );
        Assert.Same(back, back.Next);
    }

    [Fact]
    public async Task Events_OfAHundredThreads_AllSettle()
    {
        const int threads = 100,
            each = 200;
        Pending[][] pendings = new Pending[threads][];
        await Crowd.RunAsync(
            threads,
            thread =>
                pendings[thread] = [
                    .. Enumerable
                        .Range(0, each)
                        .Select(number => _controller.Dispatch("sum", null, args: [thread, number])),
                ]
        );
        for (int thread = 0; thread < threads; thread++)
        {
            for (int number = 0; number < each; number++)
            {
                Assert.Equal(thread + number, Assert.Single(await pendings[thread][number].Guarded()));
            }
        }
    }

    [Fact]
    public async Task Payload_AboveTheDefault_CrossesWhereTheLimitIsRaised()
    {
        await using EventRuntime runtime = EventRuntime.Create();
        Controller controller = runtime.CreateController(options =>
            options.AddSubprocess(child => child.RunInProcess().MaxPayloadBytes = 40 * 1024 * 1024)
        );
        controller.Run();
        byte[] sent = new byte[(20 * 1024 * 1024) + 7];
        sent[^1] = 9;
        byte[] back = Assert.IsType<byte[]>(await controller.Submit(Children.ChildWork.Echo, sent).Guarded());
        Assert.Equal(sent, back);
    }

    private string Refusal(object value) =>
        Assert.Throws<PayloadRefusedException>(() => _controller.Dispatch("sum", value)).Message;
}
