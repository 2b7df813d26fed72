using System.Text;
using EventDrivenActors.Subprocess.Child;
using EventDrivenActors.Subprocess.Connecting;
using EventDrivenActors.Wire.Channel;

namespace EventDrivenActors.Subprocess.Tests.Children;

/// <summary>
/// A process that can be stopped: has a controller with a timer, and says each tick with what it missed.
/// </summary>
internal sealed class TimerProgram : IChildProgram
{
    public static TimeSpan Interval { get; } = TimeSpan.FromMilliseconds(50);

    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task RunAsync(ReadOnlyMemory<byte> configuration, ILink link, ChildSystem system, CancellationToken leaving)
    {
        leaving.Register(() => _done.TrySetResult());
        Controller controller = EventRuntime
            .For(system.BootAsync())
            .CreateController(options =>
            {
                options.AddTimer(Interval);
                options.Mapping.On(
                    ControllerEvents.Timing,
                    (_, tick) => link.Send(Encoding.UTF8.GetBytes($"{tick.Number} {tick.Missed}"))
                );
            });
        controller.Run();
        return _done.Task;
    }

    public void OnReceived(ReadOnlyMemory<byte> message) { }

    public void OnClosed(string reason) => _done.TrySetResult();
}
