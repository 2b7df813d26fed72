using System.Diagnostics;
using EventDrivenActors.TestSupport;

namespace EventDrivenActors.TestKit.Tests.Children;

/// <summary>A child that is a process.</summary>
public sealed class RealChildTests
{
    [Fact]
    public async Task EndOfTheTest_EndsTheChildAndWhatItHasStarted()
    {
        ProcessCensus before = ProcessCensus.Take();
        using ControllerTestKit kit = new();
        SubprocessAdapter child = null!;
        Controller controller = kit.CreateController(options =>
            child = options.AddSubprocess(made =>
                made.Mapping.On("never", session => Task.Delay(Timeout.InfiniteTimeSpan, session.CancellationToken))
            )
        );
        controller.Run();
        int session = await controller.Submit(StartAnother).Guarded();
        Pending never = controller.Dispatch("never");
        Assert.Equal(2, ProcessCensus.MembersOfSession(session).Count);
        Assert.Equal(session, child.ProcessId);

        await kit.DisposeAsync();

        Assert.True(never.IsSettled);
        Assert.Empty(ProcessCensus.MembersOfSession(session));
        Assert.Empty(ProcessCensus.Take().Children.Except(before.Children));
    }

    private static int StartAnother()
    {
        using Process another = Process.Start("sleep", ["1000"]);
        return Environment.ProcessId;
    }
}
