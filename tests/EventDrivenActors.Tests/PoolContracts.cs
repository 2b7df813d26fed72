using EventDrivenActors.TestSupport.Contracts;

namespace EventDrivenActors.Tests;

/// <summary>
/// The contracts that hold with several workers, kept by a pool of four. Its adapters exist once a worker, so their own
/// suites run for one.
/// </summary>
public static class PoolContracts
{
    public sealed class Settlement : SettlementContract
    {
        protected override int Workers => 4;

        protected override IController Create(Action<ControllerOptions>? configure = null) =>
            Runtime.CreatePool(4, configure);
    }

    public sealed class Concurrency : ConcurrencyContract
    {
        protected override int Workers => 4;

        protected override IController Create(Action<ControllerOptions>? configure = null) =>
            Runtime.CreatePool(4, configure);
    }

    public sealed class Count : CountContract
    {
        protected override int Workers => 4;

        protected override IController Create(Action<ControllerOptions>? configure = null) =>
            Runtime.CreatePool(4, configure);
    }

    public sealed class Failure : FailureContract
    {
        protected override int Workers => 4;

        protected override IController Create(Action<ControllerOptions>? configure = null) =>
            Runtime.CreatePool(4, configure);
    }

    public sealed class Hook : HookContract
    {
        protected override int Workers => 4;

        protected override IController Create(Action<ControllerOptions>? configure = null) =>
            Runtime.CreatePool(4, configure);
    }

    public sealed class Shutdown : ShutdownContract
    {
        protected override int Workers => 4;

        protected override IController Create(Action<ControllerOptions>? configure = null) =>
            Runtime.CreatePool(4, configure);
    }

    public sealed class Abort : AbortContract
    {
        protected override int Workers => 4;

        protected override IController Create(Action<ControllerOptions>? configure = null) =>
            Runtime.CreatePool(4, configure);
    }

    public sealed class ShutdownVeto : ShutdownVetoContract
    {
        protected override int Workers => 4;

        protected override IController Create(Action<ControllerOptions>? configure = null) =>
            Runtime.CreatePool(4, configure);
    }

    public sealed class Lifecycle : LifecycleContract
    {
        protected override int Workers => 4;

        protected override IController Create(Action<ControllerOptions>? configure = null) =>
            Runtime.CreatePool(4, configure);
    }

    public sealed class Suspend : SuspendContract
    {
        protected override int Workers => 4;

        protected override IController Create(Action<ControllerOptions>? configure = null) =>
            Runtime.CreatePool(4, configure);
    }

    public sealed class Idle : IdleContract
    {
        protected override int Workers => 4;

        protected override IController Create(Action<ControllerOptions>? configure = null) =>
            Runtime.CreatePool(4, configure);
    }

    public sealed class BackPressure : BackPressureContract
    {
        protected override int Workers => 4;

        protected override IController Create(Action<ControllerOptions>? configure = null) =>
            Runtime.CreatePool(4, configure);
    }

    public sealed class Cancellation : CancellationContract
    {
        protected override int Workers => 4;

        protected override IController Create(Action<ControllerOptions>? configure = null) =>
            Runtime.CreatePool(4, configure);
    }

    public sealed class Timeout : TimeoutContract
    {
        protected override int Workers => 4;

        protected override IController Create(Action<ControllerOptions>? configure = null) =>
            Runtime.CreatePool(4, configure);
    }

    public sealed class TimeOptions : TimeOptionContract
    {
        protected override int Workers => 4;

        protected override IController Create(Action<ControllerOptions>? configure = null) =>
            Runtime.CreatePool(4, configure);
    }

    public sealed class Ready : ReadyContract
    {
        protected override int Workers => 4;

        protected override IController Create(Action<ControllerOptions>? configure = null) =>
            Runtime.CreatePool(4, configure);
    }

    public sealed class Context : ContextContract
    {
        protected override int Workers => 4;

        protected override IController Create(Action<ControllerOptions>? configure = null) =>
            Runtime.CreatePool(4, configure);
    }

    public sealed class Session : SessionContract
    {
        protected override int Workers => 4;

        protected override IController Create(Action<ControllerOptions>? configure = null) =>
            Runtime.CreatePool(4, configure);
    }

    public sealed class Mapping : MappingContract
    {
        protected override int Workers => 4;

        protected override IController Create(Action<ControllerOptions>? configure = null) =>
            Runtime.CreatePool(4, configure);
    }

    public sealed class Listening : ListeningContract
    {
        protected override int Workers => 4;

        protected override IController Create(Action<ControllerOptions>? configure = null) =>
            Runtime.CreatePool(4, configure);
    }

    public sealed class ListeningCycle : ListeningCycleContract
    {
        protected override int Workers => 4;

        protected override IController Create(Action<ControllerOptions>? configure = null) =>
            Runtime.CreatePool(4, configure);
    }

    public sealed class Adapter : AdapterContract
    {
        protected override int Workers => 4;

        protected override IController Create(Action<ControllerOptions>? configure = null) =>
            Runtime.CreatePool(4, configure);
    }

    public sealed class InboundFilter : InboundFilterContract
    {
        protected override int Workers => 4;

        protected override IController Create(Action<ControllerOptions>? configure = null) =>
            Runtime.CreatePool(4, configure);
    }

    public sealed class Defer : DeferContract
    {
        protected override int Workers => 4;

        protected override IController Create(Action<ControllerOptions>? configure = null) =>
            Runtime.CreatePool(4, configure);
    }

    public sealed class PlainAkka : PlainAkkaContract
    {
        protected override int Workers => 4;

        protected override IController Create(Action<ControllerOptions>? configure = null) =>
            Runtime.CreatePool(4, configure);
    }

    public sealed class Progress : ProgressContract
    {
        protected override int Workers => 4;

        protected override IController Create(Action<ControllerOptions>? configure = null) =>
            Runtime.CreatePool(4, configure);
    }

    public sealed class StateBetweenEvents : StateBetweenEventsContract
    {
        protected override int Workers => 4;

        protected override IController Create(Action<ControllerOptions>? configure = null) =>
            Runtime.CreatePool(4, configure);
    }

    public sealed class LeftBehind : LeftBehindContract
    {
        protected override int Workers => 4;

        protected override IController Create(Action<ControllerOptions>? configure = null) =>
            Runtime.CreatePool(4, configure);
    }

    public sealed class Awaitable : AwaitableContract
    {
        protected override int Workers => 4;

        protected override IController Create(Action<ControllerOptions>? configure = null) =>
            Runtime.CreatePool(4, configure);
    }
}
