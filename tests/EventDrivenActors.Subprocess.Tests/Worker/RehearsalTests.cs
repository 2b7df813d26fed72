using EventDrivenActors.Subprocess.Link;
using EventDrivenActors.Subprocess.Worker;
using EventDrivenActors.TestSupport;

namespace EventDrivenActors.Subprocess.Tests.Worker;

public sealed class RehearsalTests
{
    [Fact]
    public async Task Rehearsal_GoesThrough_AndLeavesNothingThatIsOpen()
    {
        EventRuntime runtime = EventRuntime.Create();
        await using (runtime.ConfigureAwait(true))
        {
            await new Rehearsal(TimeProvider.System)
                .PlayAsync(new ChildSystem(Task.FromResult(runtime.System)))
                .Guarded();
        }
    }
}
