namespace EventDrivenActors.Tests;

/// <summary>A controller that is made and never used costs little memory: applications have many of them.</summary>
public sealed class IdleControllerBytesTests
{
    private const int Controllers = 4_000;

    /// <summary>
    /// What making and running one controller allocates, with the garbage of its making. The row <c>idle</c> of the
    /// benchmarks measures what stays.
    /// </summary>
    private const long MostBytes = 4_250;

    [Fact]
    public async Task AnIdleControllerAllocatesLittle()
    {
        EventRuntime runtime = EventRuntime.Create();
        await using (runtime.ConfigureAwait(true))
        {
            MappingBlueprint blueprint = new MappingBlueprint().On("one", _ => { }).On("two", _ => { });
            Make(runtime, blueprint, 1_000);
            long bytes = Make(runtime, blueprint, Controllers) / Controllers;
            Assert.True(bytes <= MostBytes, $"An idle controller allocates {bytes} bytes, more than {MostBytes}.");
        }
    }

    private static long Make(EventRuntime runtime, MappingBlueprint blueprint, int count)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < count; i++)
        {
            runtime.CreateController(blueprint).Run();
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
