using Akka.Actor;
using EventDrivenActors.Subprocess.Connecting;
using EventDrivenActors.Subprocess.Launching;
using EventDrivenActors.Subprocess.Tests.Channel;

namespace EventDrivenActors.Subprocess.Tests.Connecting;

/// <summary>A user's actor system, and children of it.</summary>
internal sealed class LinkHarness : IAsyncDisposable
{
    private readonly List<ParentConnection> _connections = [];

    public ActorSystem System { get; } = ActorSystem.Create("user");

    public CollectingPeer Peer { get; private set; } = new();

    public List<OutputLine> Output { get; } = [];

    public async Task<ParentConnection> StartAsync<TProgram>(
        Func<ParentConnectionOptions, ParentConnectionOptions>? change = null
    )
    {
        Peer = new CollectingPeer();
        ParentConnectionOptions options = new ParentConnectionOptions
        {
            System = System,
            Peer = Peer,
            Program = typeof(TProgram),
            OnOutput = Keep,
        };
        ParentConnection connection = await ParentConnection
            .StartAsync(change?.Invoke(options) ?? options)
            .WaitAsync(CollectingPeer.Guard);
        _connections.Add(connection);
        return connection;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (ParentConnection connection in _connections)
        {
            await connection.DisposeAsync();
        }

        await System.Terminate();
    }

    private void Keep(OutputLine line)
    {
        lock (Output)
        {
            Output.Add(line);
        }
    }
}
