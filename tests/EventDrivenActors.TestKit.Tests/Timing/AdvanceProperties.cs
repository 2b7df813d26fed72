using Akka.Actor;
using CsCheck;

namespace EventDrivenActors.TestKit.Tests.Timing;

/// <summary>
/// Any timers at all: moving the clock fires what is due, in order, each at its time, and returns when what follows has
/// happened.
/// </summary>
public sealed class AdvanceProperties : ControllerTestKit
{
    private static readonly Gen<(int Kind, int Due, int Again)[]> Timers = Gen.Select(
        Gen.Int[0, 3],
        Gen.Int[1, 60],
        Gen.Int[0, 30]
    ).Array[1, 12];
    private static readonly Gen<int[]> Moves = Gen.Int[0, 40].Array[1, 6];
    private readonly List<(int Timer, int At)> _fired = [];
    private readonly Controller _controller;
    private long _start;

    public AdvanceProperties()
    {
        _controller = CreateController(options => options.Mapping.On("fired", Note));
        _controller.Run();
    }

    [Fact]
    public async Task Advance_FiresWhatIsDueInOrder_AndNothingElse() =>
        await Gen.Select(Timers, Moves)
            .SampleAsync(
                async (timers, moves) =>
                {
                    _fired.Clear();
                    _start = Time.GetTimestamp();
                    List<IDisposable> armed = [];
                    for (int i = 0; i < timers.Length; i++)
                    {
                        Arm(i, timers[i], armed);
                    }

                    int now = 0;
                    foreach (int move in moves)
                    {
                        await Time.AdvanceAsync(Minutes(move));
                        now += move;
                        Assert.Equal(Expected(timers, now), _fired);
                    }

                    armed.ForEach(timer => timer.Dispose());
                    await Time.AdvanceAsync(TimeSpan.FromDays(1));
                },
                iter: 50,
                threads: 1
            );

    private void Arm(int number, (int Kind, int Due, int Again) timer, List<IDisposable> armed)
    {
        switch (timer.Kind)
        {
            case 0:
                armed.Add(
                    Time.CreateTimer(
                        _ => Note(number),
                        null,
                        Minutes(timer.Due),
                        timer.Again == 0 ? Timeout.InfiniteTimeSpan : Minutes(timer.Again)
                    )
                );
                break;
            case 1:
                Sys.Scheduler.Advanced.ScheduleOnce(Minutes(timer.Due), () => Note(number));
                break;
            case 2:
                Sys.Scheduler.ScheduleTellOnce(
                    Minutes(timer.Due),
                    _controller.Ref,
                    new ControllerEvent("fired", Args: [number]),
                    ActorRefs.NoSender
                );
                break;
            default:
                Sys.Scheduler.Advanced.ScheduleOnce(
                    Minutes(timer.Due),
                    () => Waiter().Post("fires and waits", args: [number, timer.Again])
                );
                break;
        }
    }

    /// <summary>A controller of its own, since one that waits takes nothing else.</summary>
    private Controller Waiter()
    {
        Controller waiter = CreateController(options =>
            options.Mapping.On(
                "fires and waits",
                async (int timer, int again) =>
                {
                    Note(timer);
                    await Task.Delay(Minutes(again), Time);
                    Note(timer);
                }
            )
        );
        waiter.Run();
        return waiter;
    }

    private static List<(int Timer, int At)> Expected((int Kind, int Due, int Again)[] timers, int now)
    {
        List<(int, int)> expected = [];
        PriorityQueue<(int Timer, bool First), (int Due, int Armed)> queue = new();
        int armed = 0;
        foreach ((int number, (int _, int due, int _)) in timers.Index())
        {
            queue.Enqueue((number, true), (due, armed++));
        }

        while (queue.TryDequeue(out (int Timer, bool First) fired, out (int Due, int) at) && at.Due <= now)
        {
            expected.Add((fired.Timer, at.Due));
            (int kind, _, int again) = timers[fired.Timer];
            if (kind == 3 && again == 0 && fired.First)
            {
                expected.Add((fired.Timer, at.Due));
            }
            else if (again > 0 && (kind == 0 || (kind == 3 && fired.First)))
            {
                queue.Enqueue((fired.Timer, false), (at.Due + again, armed++));
            }
        }

        return expected;
    }

    private static TimeSpan Minutes(int minutes) => TimeSpan.FromMinutes(minutes);

    private void Note(int timer) => _fired.Add((timer, (int)Time.GetElapsedTime(_start).TotalMinutes));
}
