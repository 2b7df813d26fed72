namespace EventDrivenActors.DocsExamples.Adapters;

// <snippet>
internal sealed class AuditAdapter(Action<string> write) : IAdapter
{
    private static readonly SessionKey<string> RequestId = new("request id");

    public void Configure(IAdapterContext controller)
    {
        // On the thread that dispatches, before the queue.
        controller.UseOutbound((outbound, next) =>
        {
            outbound.Context = (outbound.Context ?? SessionContext.Empty).With(RequestId, $"{Guid.NewGuid():N}");
            return next(outbound);
        });

        // On the loop, around hooks and handlers. An event that came by Tell has passed no outbound filter.
        controller.UseInbound(async (session, next) =>
        {
            long begin = controller.TimeProvider.GetTimestamp();
            try
            {
                await next(session);
            }
            finally
            {
                TimeSpan took = controller.TimeProvider.GetElapsedTime(begin);
                string id = session.TryGet(RequestId, out string? known) ? known : "none";
                write($"{session.Event}, request {id}, took {took}");
            }
        });
    }
}
// </snippet>
