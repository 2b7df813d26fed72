using EventDrivenActors.Simulation.Notes;
using EventDrivenActors.Simulation.Programs;

namespace EventDrivenActors.Simulation.Worlds;

/// <summary>An adapter of a program: it defers, filters, throws or takes its time.</summary>
internal sealed class SimAdapter(AdapterKind kind) : IAdapter
{
    public void Configure(IAdapterContext controller)
    {
        switch (kind)
        {
            case AdapterKind.Defers:
                controller.UseInbound((session, next) => Defer(controller.TimeProvider, session, next));
                break;
            case AdapterKind.Filters:
                controller.UseInbound(PassAsync);
                break;
            case AdapterKind.FilterThrows:
                controller.UseInbound(
                    (session, next) =>
                        SimHandlers.WorkOf(session) is { } work && work.Id % 5 == 0
                            ? throw new InvalidOperationException($"The filter refuses #{work.Id}.")
                            : next(session)
                );
                break;
            case AdapterKind.RefusesOutbound:
                controller.UseOutbound(
                    (outbound, next) =>
                        outbound.Args.OfType<Work>().FirstOrDefault() is { } work && work.Id % 7 == 0
                            ? throw new InvalidOperationException($"The outbound filter refuses #{work.Id}.")
                            : next(outbound)
                );
                break;
            case AdapterKind.LifecycleThrows:
                controller.Lifecycle.OnStarted(() => throw new InvalidOperationException("OnStarted throws."));
                controller.Lifecycle.OnSuspended(() => throw new InvalidOperationException("OnSuspended throws."));
                controller.Lifecycle.OnFinishing(() => throw new InvalidOperationException("OnFinishing throws."));
                break;
            case AdapterKind.StopsSlowly:
                controller.Lifecycle.OnStopping(async _ =>
                    await Task.Delay(TimeSpan.FromMilliseconds(1500), controller.TimeProvider, CancellationToken.None)
                );
                break;
            case AdapterKind.Blocks:
                controller.UseInbound(Block);
                break;
            case AdapterKind.StopsNever:
                controller.Lifecycle.OnStopping(async token =>
                    await Task.Delay(Timeout.InfiniteTimeSpan, controller.TimeProvider, token)
                );
                break;
        }
    }

    private static async ValueTask PassAsync(Session session, InboundDelegate next)
    {
        if (SimHandlers.WorkOf(session) is { } work && work.Id % 2 == 1)
        {
            await Task.Yield();
        }

        await next(session);
    }

    private static ValueTask Block(Session session, InboundDelegate next)
    {
        if (Scene.Current.IsReal)
        {
            using ManualResetEventSlim never = new();
            never.Wait(20);
        }

        return next(session);
    }

    private static ValueTask Defer(TimeProvider time, Session session, InboundDelegate next)
    {
        if (SimHandlers.WorkOf(session) is not { } work || work.Id % 4 != 1)
        {
            return next(session);
        }

        Scene.Current.Add(NoteKind.Started, session, work, "Deferred");
        _ = SettleAsync(time, session.Defer(), work);
        return default;
    }

    private static async Task SettleAsync(TimeProvider time, DeferredEvent deferred, Work work)
    {
        await Task.Delay(TimeSpan.FromMilliseconds(work.Id % 40), time, CancellationToken.None);
        Scene.Current.Add(NoteKind.Ended, work, -1, $"{deferred.Key}", "Deferred");
        deferred.Settle(EventOutcome.Completed([work.Cargo < 0 ? work.Id : Cargo.Make(work.Cargo)]));
    }
}
