using EventDrivenActors.Subprocess.Link;
using EventDrivenActors.Subprocess.Wire;

namespace EventDrivenActors.Subprocess.Forwarding;

/// <summary>One child, from its first message to its last; what an earlier one still says goes nowhere.</summary>
internal sealed class ChildSession(ChildForwarder forwarder) : ILinkPeer
{
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<string> _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public HashSet<int> DefinedMethods { get; } = [];

    public ILink Link { get; private set; } = null!;

    public int ProcessId { get; private set; }

    public bool IsReady { get; set; }

    /// <summary>Completes when the child takes events; faults when its set-up failed.</summary>
    public Task Ready => _ready.Task;

    /// <summary>Completes with the reason when nothing more will be received.</summary>
    public Task<string> Closed => _closed.Task;

    /// <summary>What broke the protocol, if the child did.</summary>
    public string? Breach { get; private set; }

    public Action Kill { get; private set; } = () => { };

    public void Begin(ChildConnection connection)
    {
        Link = connection.Link;
        ProcessId = connection.ProcessId;
        Kill = () => _ = connection.KillAsync();
    }

    public void OnReceived(ReadOnlyMemory<byte> message)
    {
        try
        {
            switch (MessageCodec.Decode(message))
            {
                case WireMessage.Ready:
                    _ready.TrySetResult();
                    break;
                case WireMessage.SetupFailed failed:
                    _ready.TrySetException(new ChildSetupException(failed.Failure));
                    break;
                case var other:
                    forwarder.Receive(this, other);
                    break;
            }
        }
        catch (Exception breach) when (breach is WireFormatException or PayloadException)
        {
            Breach = $"the link broke a rule: {breach.Message}";
            Kill();
        }
    }

    public void OnClosed(string reason)
    {
        _closed.TrySetResult(reason);
        Kill();
    }
}
