using EventDrivenActors.Subprocess.Link;
using EventDrivenActors.Subprocess.Wire;

namespace EventDrivenActors.Subprocess.Child;

internal sealed partial class CallRunner
{
    /// <summary>
    /// Reads a call's arguments off the link's thread and within its time; what comes after it is dispatched after it.
    /// </summary>
    private void ReadInLane(WireMessage.Call message, RunningCall call, Submission? method)
    {
        TimeSpan own = TimeSpan.FromTicks(message.TimeoutTicks);
        bool isOwn = message.TimeoutTicks > 0 && (patience == Timeout.InfiniteTimeSpan || own <= patience);
        lane.Add(
            new Reading
            {
                Limit = isOwn ? own : patience,
                Read = () => Read(message, call, method),
                GivenUp = () => GiveUpReading(call, timedOut: isOwn),
                Ended = call.HandlerEnded,
            }
        );
    }

    private Action Read(WireMessage.Call message, RunningCall call, Submission? method)
    {
        if (!call.BeginReading())
        {
            return static () => { };
        }

        try
        {
            EventPayload payload = types.Events.Read(message.Payload);
            return () => _ = RunAsync(call, () => Dispatch(message, call, method, payload));
        }
        catch (Exception refused)
        {
            return () => Fail(call, refused);
        }
    }

    /// <summary>
    /// The call has timed out, as with a handler that ignores its token; or it is refused, where its time-out is longer
    /// than any reading may take.
    /// </summary>
    private void GiveUpReading(RunningCall call, bool timedOut)
    {
        if (!timedOut)
        {
            Fail(
                call,
                new PayloadException(
                    $"The arguments could not be read within '{patience}' and were given up; look for a hash code, an "
                        + "equality or a comparison that does not end."
                )
            );
        }
        else if (_calls.Remove(call))
        {
            outbox.Send(new WireMessage.Settled(call.Id, OutcomeKind.TimedOut, default, null));
            call.TimedOut();
        }
    }
}
