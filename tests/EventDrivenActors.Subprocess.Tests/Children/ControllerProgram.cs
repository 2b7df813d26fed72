using System.Text;
using EventDrivenActors.Subprocess.Child;
using EventDrivenActors.Subprocess.Connecting;
using EventDrivenActors.Wire.Channel;

namespace EventDrivenActors.Subprocess.Tests.Children;

/// <summary>
/// A parent that can be killed: has a controller with a child, keeps that child busy with the event that a message
/// names, and says its process.
/// </summary>
internal sealed class ControllerProgram : IChildProgram
{
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _busy = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ILink _link = null!;
    private Controller _controller = null!;
    private SubprocessAdapter _child = null!;

    public Task RunAsync(ReadOnlyMemory<byte> configuration, ILink link, ChildSystem system, CancellationToken leaving)
    {
        _link = link;
        leaving.Register(() => _done.TrySetResult());
        _controller = EventRuntime
            .For(system.BootAsync())
            .CreateController(options =>
                _child = options.AddSubprocess(child =>
                {
                    ChildWork.Map(child.Mapping);
                    child.OutputReceived = _ => _busy.TrySetResult();
                })
            );
        _controller.Run();
        return _done.Task;
    }

    public void OnReceived(ReadOnlyMemory<byte> message) => _ = OccupyAsync(Encoding.UTF8.GetString(message.Span));

    public void OnClosed(string reason) => _done.TrySetResult();

    private async Task OccupyAsync(string key)
    {
        _controller.Post(key);
        await _busy.Task;
        _link.Send(Encoding.UTF8.GetBytes($"{_child.ProcessId}"));
    }
}
