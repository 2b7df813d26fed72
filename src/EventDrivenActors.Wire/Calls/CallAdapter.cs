using EventDrivenActors.Advanced;

namespace EventDrivenActors.Wire.Calls;

/// <summary>Tells the caller when a worker starts and ends a call.</summary>
internal sealed class CallAdapter : IAdapter
{
    public void Configure(IAdapterContext controller) =>
        controller.UseInbound(
            static (session, next) =>
                session.TryGetAttachment(out RunningCall? call) ? Run(call, session, next) : next(session)
        );

    private static ValueTask Run(RunningCall call, Session session, InboundDelegate next)
    {
        if (!call.SayStarted())
        {
            return default;
        }

        ValueTask task;
        try
        {
            task = next(session);
        }
        catch
        {
            call.HandlerEnded();
            throw;
        }

        if (task.IsCompletedSuccessfully)
        {
            call.HandlerEnded();
            return task;
        }

        return Await(task, call);
    }

    private static async ValueTask Await(ValueTask task, RunningCall call)
    {
        try
        {
            await task.ConfigureAwait(false);
        }
        finally
        {
            call.HandlerEnded();
        }
    }
}
