using EventDrivenActors.Subprocess.Child;
using EventDrivenActors.Subprocess.Connecting;
using EventDrivenActors.TestSupport;

namespace EventDrivenActors.Subprocess.Tests.Child;

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
