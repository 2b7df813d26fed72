using EventDrivenActors.TestSupport;

namespace EventDrivenActors.Subprocess.Tests.Children;

/// <summary>A pool whose workers have a child process each.</summary>
public sealed class PoolTests : ChildTest
{
    [Fact]
    public async Task ProcessPool_UsesAllItsChildren_AndOutlivesTheLossOfOne()
    {
        ControllerPool pool = Harness.StartPool(2);
        HashSet<object?> before = await ProcessesAsync(pool);
        Assert.Equal(2, before.Count);

        Harness.Children[0].Kill();
        await ReplacedAsync(Harness.Children[0]);

        HashSet<object?> after = await ProcessesAsync(pool);
        Assert.Equal(2, after.Count);
        Assert.Single(after.Intersect(before));
    }

    [Fact]
    public async Task ProcessPool_TakesContextAndFunctions_OverAllItsChildren()
    {
        ControllerPool pool = Harness.StartPool(2);
        SessionContext context = SessionContext.Empty.With(ChildWork.Label, "here");
        for (int i = 0; i < 4; i++)
        {
            Assert.Equal(["here"], await pool.Dispatch("label", context: context).Guarded());
            Assert.Equal("here", await pool.Submit(ChildWork.LabelOf, context).Guarded());
            Assert.Equal(i, await pool.Submit((Func<int, int>)ChildWork.Echo, i).Guarded());
        }
    }

    [Fact]
    public async Task ProcessPool_RefusesAtTheCaller()
    {
        ControllerPool pool = Harness.StartPool(2);
        int captured = 1;
        Assert.Throws<PayloadRefusedException>(() =>
        {
            pool.Dispatch("echo", new Unlisted(1));
        });
        Assert.Contains(
            "'captured'",
            Assert
                .Throws<PayloadRefusedException>(() =>
                {
                    pool.Submit(() => captured);
                })
                .Message
        );
        await ProcessesAsync(pool);
    }

    [Fact]
    public async Task ProcessPool_ShutDown_DrainsAndLeavesNoProcess()
    {
        ControllerPool pool = Harness.StartPool(2);
        await ProcessesAsync(pool);
        Pending[] pendings = [.. Enumerable.Range(0, 200).Select(number => pool.Dispatch("mark", number))];

        await pool.ShutdownAsync().Guarded();

        Assert.All(pendings, pending => Assert.Equal(PendingStatus.Completed, pending.Status));
        Assert.All(Harness.Children, child => Assert.Null(child.ProcessId));
    }

    /// <summary>The processes that take four events of which no two run in one worker at a time.</summary>
    private async Task<HashSet<object?>> ProcessesAsync(ControllerPool pool)
    {
        HashSet<object?> processes = [];
        for (int i = 0; i < 4; i++)
        {
            processes.Add(await ProcessOfAsync(pool));
        }

        return processes;
    }
}
