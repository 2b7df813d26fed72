namespace EventDrivenActors.TestSupport.Contracts;

/// <summary>Blueprints, and the live table of a running controller.</summary>
public abstract class MappingContract : ContractBase
{
    [Fact]
    public async Task Blueprint_ChangedAfterCreation_DoesNotReachTheController()
    {
        MappingBlueprint blueprint = new MappingBlueprint().On("x", _ => 1);
        IController controller = Create(options => options.Mapping = blueprint);
        controller.Run();

        blueprint.On("x", _ => 2);
        controller.Mapping.Add("y", () => 3);

        Assert.Equal([1], await controller.Dispatch("x").Guarded());
        Assert.DoesNotContain(blueprint.Entries, entry => entry.Key is "y");
    }

    [Fact]
    public async Task IncludedBlueprint_Changed_DoesNotChangeTheOther()
    {
        MappingBlueprint parent = new MappingBlueprint().On("x", _ => "parent");
        MappingBlueprint child = new MappingBlueprint().Include(parent).On("x", _ => "child");
        parent.On("x", _ => "late");
        IController ofParent = Create(options => options.Mapping = parent);
        IController ofChild = Create(options => options.Mapping = child);
        ofParent.Run();
        ofChild.Run();

        Assert.Equal(["parent", "late"], await ofParent.Dispatch("x").Guarded());
        Assert.Equal(["parent", "child"], await ofChild.Dispatch("x").Guarded());
    }

    [Fact]
    public async Task OneBlueprint_ForTwoControllers_KeepsThemApart()
    {
        MappingBlueprint blueprint = new MappingBlueprint().On("x", session => session.Pool?.Name ?? session.Self.Name);
        IController first = Create(options =>
        {
            options.Name = "first";
            options.Mapping = blueprint;
        });
        IController second = Create(options =>
        {
            options.Name = "second";
            options.Mapping = blueprint;
        });
        first.Run();
        second.Run();
        first.Mapping.Set("x", () => "changed");

        Assert.Equal(["changed"], await first.Dispatch("x").Guarded());
        Assert.Equal(["second"], await second.Dispatch("x").Guarded());
    }

    [Fact]
    public async Task OneHandler_MappedTwice_RunsOnce()
    {
        Journal<int> journal = new();
        Action<Session> handler = _ => journal.Add(1);
        IController controller = Start(m => m.On("x", handler).On("x", handler).Before(handler).Before(handler));

        await controller.Dispatch("x").Guarded();

        Assert.Equal(2, journal.Count);
    }

    [Fact]
    public async Task LiveMapping_Changed_HoldsFromTheNextEventOn()
    {
        IController controller = Start(m => m.On("x", _ => 1));
        Func<int> two = () => 2;
        Func<int> three = () => 3;

        controller.Mapping.Add("x", two);
        Assert.Equal([1, 2], await controller.Dispatch("x").Guarded());
        controller.Mapping.Set("x", three, two);
        Assert.Equal([3, 2], await controller.Dispatch("x").Guarded());
        controller.Mapping.Remove("x", three);
        Assert.Equal([2], await controller.Dispatch("x").Guarded());
        controller.Mapping.UpdateFrom(new MappingBlueprint().On("y", _ => 4).Otherwise(_ => "other"));
        Assert.Equal([4], await controller.Dispatch("y").Guarded());
        controller.Mapping.Remove("x");
        Assert.Equal(["other"], await controller.Dispatch("x").Guarded());
        controller.Mapping.Clear();
        Assert.Empty(await controller.Dispatch("y").Guarded());
    }

    [Fact]
    public async Task RunningEvent_WhileTheMappingChanges_SeesOneSnapshot()
    {
        Gate gate = NewGate();
        IController controller = Start(m =>
            m.On(
                    "x",
                    async _ =>
                    {
                        await gate.PassAsync();
                        return "old 1";
                    }
                )
                .On("x", _ => "old 2")
        );
        Pending pending = controller.Dispatch("x");
        await gate.Entered;

        controller.Mapping.Set("x", () => "new");
        gate.Open();

        Assert.Equal(["old 1", "old 2"], await pending.Guarded());
        Assert.Equal(["new"], await controller.Dispatch("x").Guarded());
    }

    [Fact]
    public async Task Update_UnderLoad_IsAtomic()
    {
        IController controller = Start(m => m.On("x", () => 0).On("x", () => 0));
        Task changing = Crowd.RunAsync(
            2,
            thread =>
            {
                for (int i = 0; i < 500; i++)
                {
                    int n = i;
                    controller.Mapping.Set("x", () => n, () => n);
                }
            }
        );

        while (!changing.IsCompleted)
        {
            IReadOnlyList<object?> results = await controller.Dispatch("x").Guarded();
            Assert.Equal(2, results.Count);
            Assert.Equal(results[0], results[1]);
        }

        await changing;
    }

    [Fact]
    public async Task LiveMapping_ChangedByAHandler_Holds()
    {
        IController controller = null!;
        controller = Start(m => m.On("learn", _ => controller.Mapping.Add("x", () => 1)));

        await controller.Dispatch("learn").Guarded();

        Assert.Equal([1], await controller.Dispatch("x").Guarded());
        Assert.True(controller.Mapping.Contains("x"));
        Assert.Single(controller.Mapping.Get("x"));
    }

    [Fact]
    public async Task HandlerParameters_AreFilledFromSessionTokenArgumentsAndValue()
    {
        IController controller = Start(m =>
            m.On(
                    "all",
                    (Session session, string a, CancellationToken token, int b) =>
                        $"{session.Event} {a} {b} {token.CanBeCanceled}"
                )
                .On("value", (string value) => value)
                .On(
                    "task",
                    async (int a) =>
                    {
                        await Task.Yield();
                        return a;
                    }
                )
                .On("valuetask", (int a) => ValueTask.FromResult(a))
        );

        Assert.Equal(["all a 2 True"], await controller.Dispatch("all", args: ["a", 2]).Guarded());
        Assert.Equal(["v"], await controller.Dispatch("value", "v").Guarded());
        Assert.Equal(["arg"], await controller.Dispatch("value", "v", args: ["arg"]).Guarded());
        Assert.Equal([5], await controller.Dispatch("task", args: [5]).Guarded());
        Assert.Equal([6], await controller.Dispatch("valuetask", args: [6]).Guarded());
    }
}
