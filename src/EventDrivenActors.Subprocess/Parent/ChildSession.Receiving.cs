using EventDrivenActors.Subprocess.Link;
using EventDrivenActors.Subprocess.Wire;

namespace EventDrivenActors.Subprocess.Parent;

/// <content>What the child says, on the link's thread.</content>
internal sealed partial class ChildSession
{
    public void OnReceived(ReadOnlyMemory<byte> message)
    {
        if (_breach is not null)
        {
            return;
        }

        Volatile.Write(ref _receivingThread, Environment.CurrentManagedThreadId);
        try
        {
            if (!TakeCompleted(message))
            {
                Take(MessageCodec.Decode(message));
            }
        }
        catch (Exception breach) when (breach is WireFormatException or PayloadException or LinkProtocolException)
        {
            Break(breach);
        }
        finally
        {
            Volatile.Write(ref _receivingThread, 0);
        }
    }

    /// <summary>The way of most messages: a call has completed, and reading its results runs no user code.</summary>
    private bool TakeCompleted(ReadOnlyMemory<byte> message) =>
        MessageCodec.TryReadCompleted(message, out long id, out ReadOnlyMemory<byte> payload)
        && _ready.Task.IsCompletedSuccessfully
        && !lane.IsBusy
        && !PayloadCodec.MayRunCode(payload)
        && forwarder.TryComplete(this, id, payload);

    private void Take(WireMessage message)
    {
        switch (message)
        {
            case WireMessage.Ready:
                Require(_ready.TrySetResult(), message, "after it had said whether it was ready");
                break;
            case WireMessage.SetupFailed failed:
                Require(
                    _ready.TrySetException(new ChildSetupException(failed.Failure)),
                    message,
                    "after it had said whether it was ready"
                );
                break;
            case WireMessage.Logged:
                forwarder.Receive(this, message);
                break;
            case WireMessage.Raise raise:
                // Filters of a dispatch may take their time, which the link's thread has not.
                ReadInLane(raise with { Payload = raise.Payload.ToArray() });
                break;
            case WireMessage.Started or WireMessage.Suspended or WireMessage.Leaving:
                Require(_ready.Task.IsCompletedSuccessfully, message, "before it was ready");
                forwarder.Receive(this, message);
                break;
            case WireMessage.Settled or WireMessage.Ended or WireMessage.Report:
                Require(_ready.Task.IsCompletedSuccessfully, message, "before it was ready");
                Read(message);
                break;
            default:
                Require(false, message, "which only a parent says");
                break;
        }
    }

    /// <summary>Reads it at once, or after what is being read.</summary>
    private void Read(WireMessage message)
    {
        ReadOnlyMemory<byte> payload = message switch
        {
            WireMessage.Settled settled => settled.Payload,
            WireMessage.Report report => report.Payload,
            _ => default,
        };
        if (!lane.IsBusy && !PayloadCodec.MayRunCode(payload))
        {
            forwarder.Receive(this, message);
            return;
        }

        ReadInLane(
            message switch
            {
                WireMessage.Settled settled => settled with { Payload = payload.ToArray() },
                WireMessage.Report report => report with { Payload = payload.ToArray() },
                _ => message,
            }
        );
    }

    private void ReadInLane(WireMessage message)
    {
        forwarder.OnArrived(this, message);
        lane.Add(
            new Reading
            {
                Limit = forwarder.ReadTimeout,
                Read = () =>
                {
                    Action? then = null;
                    Guard(() => then = forwarder.Read(this, message));
                    return () => Guard(then);
                },
                GivenUp = () => Guard(() => forwarder.GiveUpReading(this, message)),
            }
        );
    }

    /// <summary>
    /// Outside of the link's thread any exception ends the child, because no other code would notice it.
    /// </summary>
    private void Guard(Action? step)
    {
        try
        {
            if (_breach is null)
            {
                step?.Invoke();
            }
        }
        catch (Exception breach)
        {
            Break(breach);
        }
    }

    private void Break(Exception breach)
    {
        lock (_gate)
        {
            _breach = breach.Message;
        }

        Kill();
    }

    private static void Require(bool holds, WireMessage message, string wrong)
    {
        if (!holds)
        {
            throw new LinkProtocolException($"The child said '{message.GetType().Name}' {wrong}.");
        }
    }
}
