namespace EventDrivenActors.Pure.Tests.EventLoop;

/// <summary>A thread that feeds a loop in every way there is, and cancels some of its events.</summary>
internal sealed class Producer(LoopRig rig, int number)
{
    private int _last;

    public List<CountingPending> Pendings { get; } = [];

    public int Posted { get; private set; }

    public Task RunAsync(int rounds) =>
        Task.Run(async () =>
        {
            try
            {
                for (int i = 0; i < rounds; i++)
                {
                    await OfferAsync(i % 8).ConfigureAwait(false);
                }
            }
            catch (ControllerClosedException)
            {
                // The end of the run is the end of the producer.
            }
        });

    private async Task OfferAsync(int kind)
    {
        switch (kind)
        {
            case 0:
                await PostAsync(1).ConfigureAwait(false);
                break;
            case 1:
                await PostAsync(3).ConfigureAwait(false);
                break;
            default:
                CountingPending pending = new(rig.Loop, "run", (number, ++_last));
                await rig.Loop.AcceptWhenRoomAsync(pending, default).ConfigureAwait(false);
                Pendings.Add(pending);
                if (kind == 2)
                {
                    pending.Cancelled = true;
                    pending.Cancel();
                }

                break;
        }
    }

    private async Task PostAsync(int count)
    {
        object?[] values = [.. Enumerable.Range(0, count).Select(_ => (object)(number, ++_last))];
        while (true)
        {
            try
            {
                rig.Loop.AcceptMany("post", values);
                Posted += count;
                return;
            }
            catch (QueueFullException)
            {
                await Task.Yield();
            }
        }
    }
}
