using EventDrivenActors.Subprocess.Child;
using EventDrivenActors.Subprocess.Connecting;
using EventDrivenActors.Wire.Channel;

namespace EventDrivenActors.Subprocess.Tests.Connecting.Programs;

/// <summary>Cannot be made.</summary>
internal sealed class FailingProgram : IChildProgram
{
    public FailingProgram() => throw new InvalidOperationException("the program does not want to");

    public Task RunAsync(
        ReadOnlyMemory<byte> configuration,
        ILink link,
        ChildSystem system,
        CancellationToken leaving
    ) => Task.CompletedTask;

    public void OnReceived(ReadOnlyMemory<byte> message) { }

    public void OnClosed(string reason) { }
}
