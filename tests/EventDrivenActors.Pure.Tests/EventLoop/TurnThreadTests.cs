using System.Globalization;

namespace EventDrivenActors.Pure.Tests.EventLoop;

/// <summary>What a turn leaves on the thread that it was given: nothing of its handlers'.</summary>
public sealed class TurnThreadTests
{
    private readonly AsyncLocal<string?> _mine = new();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Turn_WhoseHandlerSetsThings_GivesTheThreadBackAsItCame(bool suspends)
    {
        SynchronizationContext own = new();
        TaskCompletionSource end = new();
        LoopRig rig = new(
            new MappingBlueprint().On(
                "run",
                (Session _) =>
                {
                    _mine.Value = "the handler's";
                    CultureInfo.CurrentCulture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
                    SynchronizationContext.SetSynchronizationContext(new SynchronizationContext());
                    Thread.CurrentThread.Name = "the handler's";
                    Thread.CurrentThread.Priority = ThreadPriority.AboveNormal;
                    return suspends ? end.Task : Task.CompletedTask;
                }
            )
        );
        rig.Loop.Run(null);
        rig.Post("run");
        List<string> differs = [];
        Thread thread = new(() =>
        {
            SynchronizationContext.SetSynchronizationContext(own);
            Thread.CurrentThread.Name = "mine";
            _mine.Value = "mine";
            CultureInfo culture = CultureInfo.CurrentCulture;
            rig.Loop.Loop.Drain(8);
            Note("the synchronization context", ReferenceEquals(SynchronizationContext.Current, own));
            Note("the name", Thread.CurrentThread.Name == "mine");
            Note("the priority", Thread.CurrentThread.Priority == ThreadPriority.Normal);
            Note("the async-local", _mine.Value == "mine");
            Note("the culture", ReferenceEquals(CultureInfo.CurrentCulture, culture));
        });
        thread.Start();
        thread.Join();

        Assert.Empty(differs);

        void Note(string what, bool same)
        {
            if (!same)
            {
                differs.Add(what);
            }
        }
    }

    [Fact]
    public void Turn_OfAnotherCaller_ShowsItsHandlersNothingOfTheCaller()
    {
        List<string?> seen = [];
        LoopRig rig = new(
            new MappingBlueprint().On(
                "run",
                (Session _) =>
                {
                    seen.Add(_mine.Value);
                }
            )
        );
        rig.Loop.Run(null);
        rig.Post("run");
        rig.Pump();
        Thread thread = new(() =>
        {
            _mine.Value = "the caller's";
            rig.Post("run");
            rig.Loop.Loop.Drain(8);
        });
        thread.Start();
        thread.Join();

        Assert.Equal([null, null], seen);
    }

    [Fact]
    public void Post_OfAHandlerThatAllocatesNothing_AllocatesNothing()
    {
        int count = 0;
        LoopRig rig = new(
            new MappingBlueprint().On(
                "run",
                (Session _) =>
                {
                    count++;
                }
            )
        );
        rig.Loop.Run(null);
        long least = long.MaxValue;
        for (int round = 0; round < 20; round++)
        {
            for (int i = 0; i < 200; i++)
            {
                rig.Post("run");
            }

            long before = GC.GetAllocatedBytesForCurrentThread();
            rig.Loop.Loop.Drain(1000);
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.Equal(4000, count);
        Assert.InRange(least, 0, 199);
    }
}
