using EventDrivenActors.Chaos.Checking;
using EventDrivenActors.Chaos.Handlers;
using EventDrivenActors.Chaos.Recording;

namespace EventDrivenActors.Chaos.Soaking;

/// <summary>One dispatcher: a few events at a time, at most so many of them open.</summary>
internal sealed class SoakLoad(Recorder recorder, IController controller, LoadMix mix, int seed)
{
    private const int Batch = 4;
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(4);
    private readonly Random _random = new(seed);
    private readonly SemaphoreSlim _room = new(300);

    public async Task RunAsync(CancellationToken over)
    {
        while (!over.IsCancellationRequested)
        {
            for (int number = 0; number < Batch; number++)
            {
                await _room.WaitAsync(over).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                if (over.IsCancellationRequested)
                {
                    return;
                }

                if (!TrySend())
                {
                    _room.Release();
                }
            }

            await Task.Delay(Rest, over).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>
    /// Sends the next event, unless the controller is closed just now: what was refused was not accepted.
    /// </summary>
    private bool TrySend()
    {
        long id = recorder.NextId();
        AcceptedEvent accepted = Choose(id);
        Pending pending;
        try
        {
            pending = Dispatch(accepted);
        }
        catch (ControllerClosedException)
        {
            return false;
        }

        _ = ReleaseAsync(recorder.Accept(accepted, pending));
        if (_random.NextDouble() < mix.Cancels)
        {
            recorder.Cancel(id, pending);
        }

        return true;
    }

    private AcceptedEvent Choose(long id)
    {
        double dice = _random.NextDouble();
        bool Hit(double share) => (dice -= share) < 0;
        Deed deed =
            Hit(mix.Throws) ? Deed.Throw
            : Hit(mix.Exits) ? Deed.Crash
            : Hit(mix.PoisonedExits) ? Deed.Poison
            : Hit(mix.Obeys) ? Deed.Obey
            : Hit(mix.Ignores) ? Deed.Ignore
            : Deed.Work;
        bool again = deed == Deed.Poison || (deed == Deed.Work && _random.Next(2) == 0);
        return new AcceptedEvent(id, controller.Name, deed)
        {
            Idempotent = again,
            MaxAttempts = again ? 3 : 1,
            HasTimeout = mix.HasLadder,
            KillOnTimeout = mix.HasLadder,
            Place = mix.IsOrdered ? id : null,
        };
    }

    private Pending Dispatch(AcceptedEvent accepted) =>
        accepted.Deed switch
        {
            Deed.Throw => controller.Dispatch("throw", args: [accepted.Id]),
            Deed.Crash => controller.Dispatch("exit", args: [accepted.Id, 7]),
            Deed.Poison => controller.Dispatch("exit-again", args: [accepted.Id, 8]),
            Deed.Obey => controller.Dispatch("obey", args: [accepted.Id]),
            Deed.Ignore => controller.Dispatch("ignore", args: [accepted.Id]),
            _ when accepted.Idempotent => controller.Dispatch("work-again", args: [accepted.Id, _random.Next(2)]),
            _ when _random.NextDouble() < mix.Submits => controller.Submit(ChaosHandlers.WorkAsync, accepted.Id, 0),
            _ => controller.Dispatch("work", args: [accepted.Id, _random.Next(2)]),
        };

    private async Task ReleaseAsync(Task settled)
    {
        await settled;
        _room.Release();
    }
}
