using Akka.Actor;
using EventDrivenActors.Subprocess.Remoting;
using EventDrivenActors.Subprocess.Tests.Configuration;
using EventDrivenActors.TestSupport;

namespace EventDrivenActors.Subprocess.Tests.Children;

/// <summary>The actor system in which a child's handlers run.</summary>
public sealed class ChildSystemTests : ChildTest
{
    [Fact]
    public async Task Child_ItsSystem_SleepsUntilWorkIsDue()
    {
        Controller controller = Harness.Start();

        Assert.Equal(typeof(SleepingScheduler).FullName, await controller.Submit(NameOfScheduler).Guarded());
    }

    [Fact]
    public async Task Child_WhatItsHandlerSchedules_Runs()
    {
        Controller controller = Harness.Start();

        Assert.Equal(3, await controller.Submit(CountTicksAsync).Guarded());
    }

    [Fact]
    public async Task Link_ItsSystem_SleepsUntilWorkIsDue()
    {
        LinkSystem link = await LinkSystem.BootAsync("link", TestSettings.With("")).Guarded();

        Assert.IsType<SleepingScheduler>(link.System.Scheduler);

        await link.System.Terminate().Guarded();
    }

    private static string NameOfScheduler(Session session) => SchedulerOf(session).GetType().FullName!;

    private static async Task<int> CountTicksAsync(Session session)
    {
        int ticks = 0;
        TaskCompletionSource done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using Cancelable cancelable = new(SchedulerOf(session).Advanced);
        SchedulerOf(session)
            .Advanced.ScheduleRepeatedly(
                TimeSpan.Zero,
                TimeSpan.FromMilliseconds(1),
                () =>
                {
                    if (++ticks == 3)
                    {
                        cancelable.Cancel();
                        done.SetResult();
                    }
                },
                cancelable
            );
        await done.Task;
        return ticks;
    }

    private static IScheduler SchedulerOf(Session session) =>
        ((ActorRefWithCell)session.Self.Ref).Underlying.System.Scheduler;
}
