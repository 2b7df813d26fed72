namespace EventDrivenActors.Tests;

/// <summary>A controller that is made and never used costs little memory: applications have many of them.</summary>
public sealed class IdleControllerBytesTests
{
    private const int Controllers = 2_001;

    /// <summary>
    /// What making and running one controller allocates, with the garbage of its making. The row <c>idle</c> of the
    /// benchmarks measures what stays, about 420 bytes less.
    /// </summary>
    private const long MostBytes = 2_880;

    [Fact]
    public async Task AnIdleControllerAllocatesLittle()
    {
        EventRuntime runtime = EventRuntime.Create();
        await using (runtime.ConfigureAwait(true))
        {
            MappingBlueprint blueprint = new MappingBlueprint().On("one", _ => { }).On("two", _ => { });
            long[] bytes = [.. Enumerable.Range(0, Controllers).Select(_ => BytesOfOne(runtime, blueprint))];

            // The median: a few of them also pay for the growth of the runtime's table.
            Array.Sort(bytes);
            long median = bytes[Controllers / 2];
            Assert.True(median <= MostBytes, $"An idle controller allocates {median} bytes, more than {MostBytes}.");
        }
    }

    private static long BytesOfOne(EventRuntime runtime, MappingBlueprint blueprint)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        runtime.CreateController(blueprint).Run();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
