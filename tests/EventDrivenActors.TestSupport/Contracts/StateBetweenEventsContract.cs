using System.Diagnostics;
using System.Globalization;
using System.Security.Principal;

namespace EventDrivenActors.TestSupport.Contracts;

/// <summary>P2: no event meets state that the handler of an earlier event has set.</summary>
public abstract class StateBetweenEventsContract : ContractBase
{
    private static readonly AsyncLocal<string?> Tenant = new();

    // No other culture exists where the data of cultures is not installed.
    private static readonly CultureInfo Own = (CultureInfo)CultureInfo.InvariantCulture.Clone();
    private readonly Journal<string> _met = new();
    private readonly Gate _gate;

    protected StateBetweenEventsContract() => _gate = NewGate();

    [Theory]
    [InlineData("handler")]
    [InlineData("handler with a value")]
    [InlineData("async handler")]
    [InlineData("handler of a task")]
    [InlineData("failing handler")]
    [InlineData("before")]
    [InlineData("after")]
    [InlineData("hook before a suspension")]
    [InlineData("otherwise")]
    [InlineData("submission")]
    [InlineData("filtered")]
    public async Task StateThatOneEventSets_IsNotMetByTheNext(string setter)
    {
        IController controller = Create(options =>
        {
            Map(options.Mapping);
            options.Adapters.Add(
                new DelegateAdapter(context =>
                    context.UseInbound(
                        async (session, next) =>
                        {
                            if (session.Event is "filtered")
                            {
                                Set();
                            }

                            await next(session);
                        }
                    )
                )
            );
        });
        Pending first = setter == "submission" ? controller.Submit(Set) : controller.Dispatch(setter);
        Pending[] looks = [.. Enumerable.Range(0, 8 * Workers).Select(_ => controller.Dispatch("look"))];

        controller.Run();
        if (setter is "handler of a task" or "hook before a suspension")
        {
            await _gate.Entered;
            _gate.Open();
        }

        Assert.Equal(
            setter == "failing handler" ? PendingStatus.Faulted : PendingStatus.Completed,
            await first.StatusAsync()
        );
        foreach (Pending look in looks)
        {
            await look.Guarded();
        }

        await controller.Dispatch("look").Guarded();
        Assert.Empty(_met.Entries);
    }

    [Fact]
    public async Task StateThatAnErrorHandlerSets_IsNotMetByTheNext()
    {
        IController controller = CreateMapped(m =>
        {
            Map(m);
            m.On(ControllerEvents.Error, _ => Set());
        });
        Pending first = controller.Dispatch("failing handler");
        Pending[] looks = [.. Enumerable.Range(0, 8 * Workers).Select(_ => controller.Dispatch("look"))];

        controller.Run();

        Assert.Equal(PendingStatus.Faulted, await first.StatusAsync());
        foreach (Pending look in looks)
        {
            await look.Guarded();
        }

        Assert.Empty(_met.Entries);
    }

    [Fact]
    public async Task StateOfWhoDispatches_IsNotMetByTheHandler()
    {
        IController controller = Start(Map);
        Tenant.Value = "acme";
        CultureInfo.CurrentCulture = Own;

        await controller.Dispatch("look").Guarded();
        await controller.Submit(Look).Guarded();

        Assert.Empty(_met.Entries);
        Assert.Equal("acme", Tenant.Value);
    }

    [Fact]
    public async Task StateThatABeforeHookSets_IsMetByItsHandler()
    {
        string? met = null;
        IController controller = Start(m => m.Before(_ => Tenant.Value = "acme").On("x", _ => met = Tenant.Value));

        await controller.Dispatch("x").Guarded();

        Assert.Equal("acme", met);
    }

    private static void Set()
    {
        SetInContext();
        SynchronizationContext.SetSynchronizationContext(new DeafContext());
        Thread.CurrentThread.Name = "named by a handler";
        Thread.CurrentThread.Priority = ThreadPriority.AboveNormal;
    }

    private static void SetInContext()
    {
        Tenant.Value = "acme";
        CultureInfo.CurrentCulture = Own;
        CultureInfo.CurrentUICulture = Own;
        Thread.CurrentPrincipal = new GenericPrincipal(new GenericIdentity("somebody"), null);
        new Activity("left open").Start();
    }

    private void Look()
    {
        (string What, bool IsMet)[] state =
        [
            ("the async-local", Tenant.Value is not null),
            ("the culture", ReferenceEquals(CultureInfo.CurrentCulture, Own)),
            ("the culture of texts", ReferenceEquals(CultureInfo.CurrentUICulture, Own)),
            ("the principal", Thread.CurrentPrincipal is not null),
            ("the activity", Activity.Current?.OperationName == "left open"),
            ("the synchronization context", SynchronizationContext.Current is DeafContext),
            ("the thread's name", Thread.CurrentThread.Name == "named by a handler"),
            ("the thread's priority", Thread.CurrentThread.Priority != ThreadPriority.Normal),
        ];
        foreach ((string what, bool _) in state.Where(one => one.IsMet))
        {
            _met.Add(what);
        }
    }

    private void Map(MappingBlueprint mapping) =>
        mapping
            .On("handler", _ => Set())
            .On(
                "handler with a value",
                _ =>
                {
                    Set();
                    return 1;
                }
            )
            .On(
                "async handler",
                async _ =>
                {
                    SetInContext();
                    await Task.Yield();
                    Set();
                }
            )
            .On(
                "handler of a task",
                _ =>
                {
                    Set();
                    return _gate.PassAsync();
                }
            )
            .On(
                "failing handler",
                _ =>
                {
                    Set();
                    throw new TestFailureException();
                }
            )
            .On("before", _ => 1)
            .On("after", _ => 1)
            .On("filtered", _ => 1)
            .On("hook before a suspension", async _ => await Task.Yield())
            .On("look", _ => Look())
            .Otherwise(_ => Set())
            .Before(session =>
            {
                if (session.Event is "before" or "hook before a suspension")
                {
                    Set();
                }

                return session.Event is "hook before a suspension" ? _gate.PassAsync() : Task.CompletedTask;
            })
            .After(session =>
            {
                if (session.Event is "after")
                {
                    Set();
                }
            });

    /// <summary>Never runs a continuation.</summary>
    private sealed class DeafContext : SynchronizationContext
    {
        public override void Post(SendOrPostCallback callback, object? state) { }
    }
}
