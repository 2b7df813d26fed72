using System.Collections.Concurrent;
using EventDrivenActors;

DeduplicateAdapter requests = new DeduplicateAdapter();
bool broken = true;

await using EventRuntime runtime = EventRuntime.Create();
Controller con = runtime.CreateController(o =>
{
    o.Adapters.Add(requests);
    o.Mapping.On("pay", (string what) => broken ? throw new IOException("The bank does not answer.") : $"paid {what}");
});
con.Run();

await PayAsync("rent", "request 1");
broken = false;
await PayAsync("rent", "request 1");
await PayAsync("rent", "request 1");
await PayAsync("rent", "request 2");

IReadOnlyList<object?> results = await con.Dispatch("duplicates");
Console.WriteLine($"duplicates: {results[0]}");
await con.ShutdownAsync();

async Task PayAsync(string what, string request)
{
    Pending pending = con.Dispatch("pay", what, SessionContext.Empty.With(DeduplicateAdapter.RequestId, request));
    Console.WriteLine($"{request}: {await pending.SettledAsync()}");
}

/// <summary>
/// Lets an event through once for each request, however often it is dispatched; again if it has failed.
/// </summary>
internal sealed class DeduplicateAdapter : IAdapter
{
    public static readonly SessionKey<string> RequestId = new("request_id");

    private readonly ConcurrentDictionary<string, bool> _seen = [];
    private int _duplicates;

    public void Configure(IAdapterContext controller)
    {
        // Before the queue, on the thread of the caller: a duplicate is never queued.
        controller.UseOutbound(
            (outbound, next) =>
            {
                if (
                    outbound.Context is not { } context
                    || !context.TryGet(RequestId, out string? id)
                    || _seen.TryAdd(id, true)
                )
                {
                    return next(outbound);
                }

                Interlocked.Increment(ref _duplicates);
                return outbound.Settle(EventOutcome.Skipped);
            }
        );

        // Around the handlers, on the loop: a request that has failed may come again.
        controller.UseInbound(
            async (session, next) =>
            {
                try
                {
                    await next(session);
                }
                catch (Exception) when (session.TryGet(RequestId, out string? id))
                {
                    _seen.TryRemove(id, out _);
                    throw;
                }
            }
        );

        // A handler of its own, and a callback for the end.
        controller.Map(new MappingBlueprint().On("duplicates", session => _duplicates));
        controller.Lifecycle.OnStopped(() => Console.WriteLine($"{_seen.Count} requests were handled"));
    }
}
