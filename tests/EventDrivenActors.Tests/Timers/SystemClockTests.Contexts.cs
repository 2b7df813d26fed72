using Akka.Actor;
using Akka.Actor.Dsl;
using EventDrivenActors.TestSupport;

namespace EventDrivenActors.Tests.Timers;

/// <content>What handlers of ticks see of others.</content>
public sealed partial class SystemClockTests
{
    [Fact]
    public async Task Handlers_SeeNothingOfWhoArmedTheTimer_FiltersDo()
    {
        Journal<string?> handled = new();
        Journal<string?> filtered = new();
        Armer.Value = "armer";
        Create(plain: true);
        Create(plain: false);
        Armer.Value = null;

        Assert.All(await handled.WaitForAsync(40), Assert.Null);
        Assert.All(await filtered.WaitForAsync(5), value => Assert.Equal("armer", value));

        void Create(bool plain) =>
            _runtime
                .CreateController(options =>
                {
                    options.AddTimer(Interval);
                    if (!plain)
                    {
                        options.Adapters.Add(
                            new DelegateAdapter(context =>
                                context.UseOutbound(
                                    (outbound, next) =>
                                    {
                                        filtered.Add(Armer.Value);
                                        return next(outbound);
                                    }
                                )
                            )
                        );
                    }

                    options.Mapping.On(
                        ControllerEvents.Timing,
                        async _ =>
                        {
                            handled.Add(Armer.Value);
                            Armer.Value = "handler";
                            await Task.Yield();
                        }
                    );
                })
                .Run();
    }

    [Fact]
    public async Task Handlers_SeeNothingOfTheOnesBefore()
    {
        Journal<SynchronizationContext?> found = new();
        for (int i = 0; i < 20; i++)
        {
            Start(_ =>
            {
                found.Add(SynchronizationContext.Current);
                SynchronizationContext.SetSynchronizationContext(new SynchronizationContext());
            });
        }

        Assert.All(await found.WaitForAsync(200), Assert.Null);
    }

    [Fact]
    public async Task Handlers_TellWithTheActorAsSender()
    {
        Journal<IActorRef> senders = new();
        IActorRef plain = _runtime.System.ActorOf(actor =>
            actor.ReceiveAny((_, context) => senders.Add(context.Sender))
        );
        Controller controller = _runtime.CreateController(options =>
        {
            options.AddTimer(Interval);
            options.Mapping.On(ControllerEvents.Timing, _ => plain.Tell("told"));
        });
        controller.Run();

        Assert.All(await senders.WaitForAsync(10), sender => Assert.Equal(controller.Ref, sender));
    }

    [Fact]
    public async Task Timers_ArmedAndStoppedFromEverywhere_TickWhenTheyAreLeftAlone()
    {
        int[] ticked = new int[100];
        TimerAdapter[] timers = [.. ticked.Select((_, i) => Start(_ => Interlocked.Increment(ref ticked[i])))];

        Parallel.For(
            0,
            4,
            seed =>
            {
                Random random = new(seed);
                for (int i = 0; i < 5_000; i++)
                {
                    timers[random.Next(timers.Length)]
                        .SetTiming(random.Next(4) is var times and > 0 ? Interval * times : null);
                }
            }
        );
        Array.ForEach(timers, timer => timer.SetTiming(Interval));
        Array.Clear(ticked);

        Journal<int> all = new();
        Start(_ =>
        {
            if (Array.TrueForAll(ticked, count => count > 2))
            {
                all.Add(1);
            }
        });
        await all.WaitForAsync(1);
    }

    /// <summary>Starts a controller that has only a timer.</summary>
    private TimerAdapter Start(Action<TimerTick> handler)
    {
        TimerAdapter timer = null!;
        _runtime
            .CreateController(options =>
            {
                timer = options.AddTimer(Interval);
                options.Mapping.On(ControllerEvents.Timing, (_, tick) => handler(tick));
            })
            .Run();
        return timer;
    }

    /// <summary>Waits as long as another timer of the interval ticks some times.</summary>
    private async Task LetOthersTickAsync()
    {
        Journal<TimerTick> ticks = new();
        TimerAdapter timer = Start(ticks.Add);
        await ticks.WaitForAsync(5);
        timer.SetTiming(null);
    }
}
