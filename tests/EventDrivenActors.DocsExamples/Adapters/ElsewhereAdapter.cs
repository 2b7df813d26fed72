namespace EventDrivenActors.DocsExamples.Adapters;

// <snippet>
internal sealed class ElsewhereAdapter(object key, Func<object?, CancellationToken, Task<object?>> call) : IAdapter
{
    public void Configure(IAdapterContext controller) =>
        controller.UseInbound((session, next) =>
        {
            if (!session.Event.Equals(key))
            {
                return next(session);
            }

            _ = SettleAsync(session.Defer());   // the loop goes on with the next event
            return ValueTask.CompletedTask;
        });

    private async Task SettleAsync(DeferredEvent deferred)
    {
        try
        {
            object? result = await call(deferred.Value, deferred.CancellationToken);
            deferred.Settle(EventOutcome.Completed([result]));
        }
        catch (OperationCanceledException) when (deferred.CancellationToken.IsCancellationRequested)
        {
            deferred.Settle(EventOutcome.Cancelled);
        }
        catch (Exception exception)
        {
            deferred.Settle(EventOutcome.Faulted(exception));
        }
    }
}
// </snippet>
