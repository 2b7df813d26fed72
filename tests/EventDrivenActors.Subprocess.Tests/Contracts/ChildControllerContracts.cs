using EventDrivenActors.TestSupport.Contracts;

namespace EventDrivenActors.Subprocess.Tests.Contracts;

/// <summary>The contracts, kept by a controller with a child process for what it maps itself.</summary>
public static class ChildControllerContracts
{
    public sealed class Settlement : SettlementContract
    {
        protected override IController Create(Action<ControllerOptions>? configure = null) =>
            ChildHome.Create(Runtime, configure);
    }

    public sealed class Order : OrderContract
    {
        protected override IController Create(Action<ControllerOptions>? configure = null) =>
            ChildHome.Create(Runtime, configure);
    }

    public sealed class Concurrency : ConcurrencyContract
    {
        protected override IController Create(Action<ControllerOptions>? configure = null) =>
            ChildHome.Create(Runtime, configure);
    }

    public sealed class Count : CountContract
    {
        protected override IController Create(Action<ControllerOptions>? configure = null) =>
            ChildHome.Create(Runtime, configure);
    }

    public sealed class Failure : FailureContract
    {
        protected override IController Create(Action<ControllerOptions>? configure = null) =>
            ChildHome.Create(Runtime, configure);
    }

    public sealed class Hook : HookContract
    {
        protected override IController Create(Action<ControllerOptions>? configure = null) =>
            ChildHome.Create(Runtime, configure);
    }

    public sealed class Shutdown : ShutdownContract
    {
        protected override IController Create(Action<ControllerOptions>? configure = null) =>
            ChildHome.Create(Runtime, configure);
    }

    public sealed class ShutdownVeto : ShutdownVetoContract
    {
        protected override IController Create(Action<ControllerOptions>? configure = null) =>
            ChildHome.Create(Runtime, configure);
    }

    public sealed class Lifecycle : LifecycleContract
    {
        protected override IController Create(Action<ControllerOptions>? configure = null) =>
            ChildHome.Create(Runtime, configure);
    }

    public sealed class Suspend : SuspendContract
    {
        protected override IController Create(Action<ControllerOptions>? configure = null) =>
            ChildHome.Create(Runtime, configure);
    }

    public sealed class Idle : IdleContract
    {
        protected override IController Create(Action<ControllerOptions>? configure = null) =>
            ChildHome.Create(Runtime, configure);
    }

    public sealed class BackPressure : BackPressureContract
    {
        protected override IController Create(Action<ControllerOptions>? configure = null) =>
            ChildHome.Create(Runtime, configure);
    }

    public sealed class Cancellation : CancellationContract
    {
        protected override IController Create(Action<ControllerOptions>? configure = null) =>
            ChildHome.Create(Runtime, configure);
    }

    public sealed class Timeout : TimeoutContract
    {
        protected override IController Create(Action<ControllerOptions>? configure = null) =>
            ChildHome.Create(Runtime, configure);
    }

    public sealed class TimeOptions : TimeOptionContract
    {
        protected override TimeSpan Farthest => TimeSpan.FromDays(90);

        protected override IController Create(Action<ControllerOptions>? configure = null) =>
            ChildHome.Create(Runtime, configure);
    }

    public sealed class Ready : ReadyContract
    {
        protected override IController Create(Action<ControllerOptions>? configure = null) =>
            ChildHome.Create(Runtime, configure);
    }

    public sealed class Context : ContextContract
    {
        protected override IController Create(Action<ControllerOptions>? configure = null) =>
            ChildHome.Create(Runtime, configure);
    }

    public sealed class Session : SessionContract
    {
        protected override IController Create(Action<ControllerOptions>? configure = null) =>
            ChildHome.Create(Runtime, configure);
    }

    public sealed class Mapping : MappingContract
    {
        protected override IController Create(Action<ControllerOptions>? configure = null) =>
            ChildHome.Create(Runtime, configure);
    }

    public sealed class Abort : AbortContract
    {
        /// <summary>
        /// The clock is driven on while the child's end takes real time. The first deadline is an hour away.
        /// </summary>
        protected override TimeSpan LatestEnd => TimeSpan.FromMinutes(2);

        protected override IController Create(Action<ControllerOptions>? configure = null) =>
            ChildHome.Create(Runtime, configure);
    }

    public sealed class Adapter : AdapterContract
    {
        protected override IController Create(Action<ControllerOptions>? configure = null) =>
            ChildHome.Create(Runtime, configure);
    }

    public sealed class BlockingAdapter : BlockingAdapterContract
    {
        protected override IController Create(Action<ControllerOptions>? configure = null) =>
            ChildHome.Create(Runtime, configure);
    }

    public sealed class AdapterLifecycle : AdapterLifecycleContract
    {
        protected override IController Create(Action<ControllerOptions>? configure = null) =>
            ChildHome.Create(Runtime, configure);
    }

    public sealed class Defer : DeferContract
    {
        protected override IController Create(Action<ControllerOptions>? configure = null) =>
            ChildHome.Create(Runtime, configure);
    }

    public sealed class InboundFilter : InboundFilterContract
    {
        protected override IController Create(Action<ControllerOptions>? configure = null) =>
            ChildHome.Create(Runtime, configure);
    }

    public sealed class Listening : ListeningContract
    {
        protected override IController Create(Action<ControllerOptions>? configure = null) =>
            ChildHome.Create(Runtime, configure);
    }

    public sealed class ListeningCycle : ListeningCycleContract
    {
        protected override IController Create(Action<ControllerOptions>? configure = null) =>
            ChildHome.Create(Runtime, configure);
    }

    public sealed class OutboundFilter : OutboundFilterContract
    {
        protected override IController Create(Action<ControllerOptions>? configure = null) =>
            ChildHome.Create(Runtime, configure);
    }

    public sealed class PlainAkka : PlainAkkaContract
    {
        protected override IController Create(Action<ControllerOptions>? configure = null) =>
            ChildHome.Create(Runtime, configure);
    }

    public sealed class Progress : ProgressContract
    {
        protected override IController Create(Action<ControllerOptions>? configure = null) =>
            ChildHome.Create(Runtime, configure);
    }

    public sealed class SelfAwait : SelfAwaitContract
    {
        protected override IController Create(Action<ControllerOptions>? configure = null) =>
            ChildHome.Create(Runtime, configure);
    }

    public sealed class WaitChain : WaitChainContract
    {
        protected override IController Create(Action<ControllerOptions>? configure = null) =>
            ChildHome.Create(Runtime, configure);
    }

    public sealed class Timer : TimerContract
    {
        protected override IController Create(Action<ControllerOptions>? configure = null) =>
            ChildHome.Create(Runtime, configure);
    }

    public sealed class StateBetweenEvents : StateBetweenEventsContract
    {
        protected override IController Create(Action<ControllerOptions>? configure = null) =>
            ChildHome.Create(Runtime, configure);
    }

    public sealed class LeftBehind : LeftBehindContract
    {
        protected override IController Create(Action<ControllerOptions>? configure = null) =>
            ChildHome.Create(Runtime, configure);
    }

    public sealed class Awaitable : AwaitableContract
    {
        protected override IController Create(Action<ControllerOptions>? configure = null) =>
            ChildHome.Create(Runtime, configure);
    }

    public sealed class CallerContext : CallerContextContract
    {
        protected override IController Create(Action<ControllerOptions>? configure = null) =>
            ChildHome.Create(Runtime, configure);
    }
}
