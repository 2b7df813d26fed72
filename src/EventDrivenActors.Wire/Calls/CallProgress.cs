using EventDrivenActors.Wire.Payloads;
using EventDrivenActors.Wire.Protocol;

namespace EventDrivenActors.Wire.Calls;

/// <summary>Sends the progress of one call's handlers to the caller. Any thread.</summary>
internal sealed class CallProgress(long id, HolderOptions options, CallerOutbox outbox) : IProgress<object?>
{
    private readonly Lock _gate = new();

    // Under _gate.
    private readonly ProgressWindow _window = new();
    private bool _ended;

    public void Report(object? value)
    {
        byte[] progress;
        try
        {
            progress = options.Codec.Encode(value);
        }
        catch (PayloadException refused)
        {
            throw options.Refuse($"The progress report cannot be sent: {refused.Message}", refused);
        }

        lock (_gate)
        {
            if (!_ended && _window.TrySend(progress))
            {
                Send(progress);
            }
        }
    }

    /// <summary>The caller has delivered one.</summary>
    public void Taken()
    {
        lock (_gate)
        {
            if (!_ended)
            {
                Send(_window.Taken());
            }
        }
    }

    /// <summary>The call is about to be settled.</summary>
    public void End()
    {
        lock (_gate)
        {
            _ended = true;
            Send(_window.Flush());
        }
    }

    private void Send(byte[]? progress)
    {
        if (progress is not null)
        {
            outbox.Send(new WireMessage.Progress(id, progress));
        }
    }
}
