using EventDrivenActors.TestSupport.Contracts;

namespace EventDrivenActors.Subprocess.Tests.Contracts;

/// <summary>The contracts, kept by a controller with a child process for what it maps itself.</summary>
/// <remarks>
/// Left out: adapters, filters, timers and listening, which say nothing new here, and self-await, whose hook runs on an event that nobody
/// maps and that is therefore the child's.
/// </remarks>
public static class ChildControllerContracts
{
    public sealed class Settlement : SettlementContract
    {
        protected override IController Create(Action<ControllerOptions>? configure = null) => ChildHome.Create(Runtime, configure);
    }

    public sealed class Order : OrderContract
    {
        protected override IController Create(Action<ControllerOptions>? configure = null) => ChildHome.Create(Runtime, configure);
    }

    public sealed class Concurrency : ConcurrencyContract
    {
        protected override IController Create(Action<ControllerOptions>? configure = null) => ChildHome.Create(Runtime, configure);
    }

    public sealed class Failure : FailureContract
    {
        protected override IController Create(Action<ControllerOptions>? configure = null) => ChildHome.Create(Runtime, configure);
    }

    public sealed class Hook : HookContract
    {
        protected override IController Create(Action<ControllerOptions>? configure = null) => ChildHome.Create(Runtime, configure);
    }

    public sealed class Shutdown : ShutdownContract
    {
        protected override IController Create(Action<ControllerOptions>? configure = null) => ChildHome.Create(Runtime, configure);
    }

    public sealed class ShutdownVeto : ShutdownVetoContract
    {
        protected override IController Create(Action<ControllerOptions>? configure = null) => ChildHome.Create(Runtime, configure);
    }

    public sealed class Lifecycle : LifecycleContract
    {
        protected override IController Create(Action<ControllerOptions>? configure = null) => ChildHome.Create(Runtime, configure);
    }

    public sealed class Suspend : SuspendContract
    {
        protected override IController Create(Action<ControllerOptions>? configure = null) => ChildHome.Create(Runtime, configure);
    }

    public sealed class Idle : IdleContract
    {
        protected override IController Create(Action<ControllerOptions>? configure = null) => ChildHome.Create(Runtime, configure);
    }

    public sealed class BackPressure : BackPressureContract
    {
        protected override IController Create(Action<ControllerOptions>? configure = null) => ChildHome.Create(Runtime, configure);
    }

    public sealed class Cancellation : CancellationContract
    {
        protected override IController Create(Action<ControllerOptions>? configure = null) => ChildHome.Create(Runtime, configure);
    }

    public sealed class Timeout : TimeoutContract
    {
        protected override IController Create(Action<ControllerOptions>? configure = null) => ChildHome.Create(Runtime, configure);
    }

    public sealed class Context : ContextContract
    {
        protected override IController Create(Action<ControllerOptions>? configure = null) => ChildHome.Create(Runtime, configure);
    }

    public sealed class Session : SessionContract
    {
        protected override IController Create(Action<ControllerOptions>? configure = null) => ChildHome.Create(Runtime, configure);
    }

    public sealed class Mapping : MappingContract
    {
        protected override IController Create(Action<ControllerOptions>? configure = null) => ChildHome.Create(Runtime, configure);
    }
}
