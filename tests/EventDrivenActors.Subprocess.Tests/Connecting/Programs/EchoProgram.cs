using EventDrivenActors.Subprocess.Child;
using EventDrivenActors.Subprocess.Connecting;
using EventDrivenActors.Wire.Channel;

namespace EventDrivenActors.Subprocess.Tests.Connecting.Programs;

/// <summary>Sends back every message; leaves on SIGTERM, or when told by the word "leave".</summary>
internal sealed class EchoProgram : IChildProgram
{
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ILink _link = null!;

    public Task RunAsync(ReadOnlyMemory<byte> configuration, ILink link, ChildSystem system, CancellationToken leaving)
    {
        _link = link;
        leaving.Register(() => _done.TrySetResult());
        return _done.Task;
    }

    public void OnReceived(ReadOnlyMemory<byte> message)
    {
        _link.Send(message);
        if (message.Span.SequenceEqual("leave"u8))
        {
            _done.TrySetResult();
        }
    }

    public void OnClosed(string reason) => _done.TrySetResult();
}
