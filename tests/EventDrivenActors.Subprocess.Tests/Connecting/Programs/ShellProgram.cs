using System.Text;
using EventDrivenActors.Subprocess.Child;
using EventDrivenActors.Subprocess.Connecting;
using EventDrivenActors.Subprocess.Tests.Channel;
using EventDrivenActors.Wire.Channel;

namespace EventDrivenActors.Subprocess.Tests.Connecting.Programs;

/// <summary>Does what its messages say, and answers each when it is done.</summary>
internal sealed class ShellProgram : IChildProgram
{
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CollectingPeer _nestedPeer = new();
    private ILink _link = null!;
    private ChildSystem _system = null!;

    public Task RunAsync(ReadOnlyMemory<byte> configuration, ILink link, ChildSystem system, CancellationToken leaving)
    {
        _link = link;
        _system = system;
        leaving.Register(() => _done.TrySetResult());
        return _done.Task;
    }

    public void OnReceived(ReadOnlyMemory<byte> message)
    {
        string[] words = Encoding.UTF8.GetString(message.Span).Split(' ', 2);
        switch (words[0])
        {
            case "stderr":
                Console.Error.WriteLine(words[1]);
                Answer("written");
                break;
            case "stdout-line":
                Console.Out.WriteLine(new string('x', int.Parse(words[1])));
                Answer("written");
                break;
            case "sleeper":
                Answer(System.Diagnostics.Process.Start("/bin/sleep", "1000").Id.ToString());
                break;
            case "starve":
                for (int thread = 0; thread < 200; thread++)
                {
                    ThreadPool.QueueUserWorkItem(_ => new ManualResetEvent(false).WaitOne());
                }

                Answer("starved");
                break;
            case "nest":
                _ = NestAsync();
                break;
            case "exit":
                Environment.Exit(int.Parse(words[1]));
                break;
        }
    }

    public void OnClosed(string reason) => _done.TrySetResult();

    /// <summary>Starts a child of this child, with a process of its own below it and a starved pool.</summary>
    private async Task NestAsync()
    {
        ParentConnection nested = await ParentConnection.StartAsync(
            new ParentConnectionOptions
            {
                System = await _system.BootAsync(),
                Peer = _nestedPeer,
                Program = typeof(ShellProgram),
            }
        );
        nested.Link.Send("sleeper"u8.ToArray());
        string sleeper = await _nestedPeer.NextTextAsync();
        nested.Link.Send("starve"u8.ToArray());
        await _nestedPeer.NextTextAsync();
        Answer($"{nested.ProcessId} {sleeper}");
    }

    private void Answer(string text) => _link.Send(Encoding.UTF8.GetBytes(text));
}
