using EventDrivenActors.Subprocess.Connecting;
using EventDrivenActors.Wire.Calls;
using EventDrivenActors.Wire.Channel;
using EventDrivenActors.Wire.Payloads;
using EventDrivenActors.Wire.Protocol;

namespace EventDrivenActors.Subprocess.Parent;

/// <summary>
/// Receives the messages of one child in their order, and holds it to the rules of the link; a child that breaks one is
/// killed.
/// </summary>
/// <param name="child">The child.</param>
/// <param name="reader">Reads what it says.</param>
internal sealed class MessageReceiver(SupervisedChild child, CallReader reader) : ILinkPeer
{
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _closed = new();
    private readonly Lock _gate = new();

    // Written under _gate, read by any thread.
    private volatile string? _breach;

    // Under _gate.
    private bool _isClosed;

    /// <summary>Completes when the child is set up; faults when that has failed.</summary>
    public Task Ready => _ready.Task;

    /// <summary>The rule that the child broke; null while it keeps to them.</summary>
    public string? Breach => (_breach ?? child.Breach) is { } breach ? $"the link broke a rule: {breach}" : null;

    /// <summary>There is something to kill now. An earlier message of the child may have been its end.</summary>
    public void Connect(ParentConnection connection)
    {
        bool over;
        lock (_gate)
        {
            child.Connect(connection);
            over = _breach is not null || _isClosed;
        }

        if (over)
        {
            child.Kill();
        }
    }

    /// <summary>The set-up has taken too long.</summary>
    public void FailSetup(ChildSetupException reason) => _ready.TrySetException(reason);

    /// <summary>Completes when the link has ended and all that came by it has been read.</summary>
    public async Task ReadAllAsync()
    {
        await _closed.Task.ConfigureAwait(false);
        await child.Lane.WhenEmpty().ConfigureAwait(false);
    }

    public void OnReceived(ReadOnlyMemory<byte> message)
    {
        if (_breach is not null)
        {
            return;
        }

        child.ReceivingThread = Environment.CurrentManagedThreadId;
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
            child.ReceivingThread = 0;
        }
    }

    public void OnClosed(string reason)
    {
        bool first;
        lock (_gate)
        {
            first = !_isClosed;
            _isClosed = true;
        }

        if (!child.MayEnd)
        {
            child.Kill();
        }

        if (first)
        {
            _closed.TrySetResult();
        }
    }

    /// <summary>The way of most messages: a call has completed, and reading its results runs no user code.</summary>
    private bool TakeCompleted(ReadOnlyMemory<byte> message) =>
        MessageCodec.TryReadCompleted(message, out long id, out ReadOnlyMemory<byte> payload)
        && _ready.Task.IsCompletedSuccessfully
        && !child.Lane.IsBusy
        && !PayloadCodec.MayRunCode(payload)
        && reader.TryComplete(child, id, payload);

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
                reader.Receive(child, message);
                break;
            case WireMessage.Raise raise:
                // Filters of a dispatch may take their time, which the link's thread has not.
                ReadInLane(raise with { Payload = raise.Payload.ToArray() });
                break;
            case WireMessage.Started or WireMessage.Suspended or WireMessage.Leaving:
                Require(_ready.Task.IsCompletedSuccessfully, message, "before it was ready");
                reader.Receive(child, message);
                break;
            case WireMessage.Settled or WireMessage.Ended or WireMessage.Progress:
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
            WireMessage.Progress progress => progress.Payload,
            _ => default,
        };
        if (!child.Lane.IsBusy && !PayloadCodec.MayRunCode(payload))
        {
            reader.Receive(child, message);
            return;
        }

        ReadInLane(
            message switch
            {
                WireMessage.Settled settled => settled with { Payload = payload.ToArray() },
                WireMessage.Progress progress => progress with { Payload = payload.ToArray() },
                _ => message,
            }
        );
    }

    private void ReadInLane(WireMessage message)
    {
        reader.OnArrived(child, message);
        child.Lane.Add(
            new Reading
            {
                Limit = reader.ReadTimeout,
                Read = () =>
                {
                    Action? then = null;
                    Guard(() => then = reader.Read(child, message));
                    return () => Guard(then);
                },
                GivenUp = () => Guard(() => reader.GiveUpReading(child, message)),
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

        child.Kill();
    }

    private static void Require(bool holds, WireMessage message, string wrong)
    {
        if (!holds)
        {
            throw new LinkProtocolException($"The child said '{message.GetType().Name}' {wrong}.");
        }
    }
}
