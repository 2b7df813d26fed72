using Akka.Actor;
using Akka.Event;
using EventDrivenActors.Subprocess.Child;
using EventDrivenActors.TestSupport;
using EventDrivenActors.Wire.Calls;
using EventDrivenActors.Wire.Channel;
using EventDrivenActors.Wire.Protocol;

namespace EventDrivenActors.Subprocess.Tests.Testing;

/// <summary>The child's half of its log.</summary>
public sealed class ParentLogTests : IAsyncLifetime
{
    private readonly ActorSystem _system = ActorSystem.Create("child", "akka { loggers = [] }");

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _system.Terminate().Guarded();

    [Fact]
    public async Task Log_OfWhatFailsWhileItIsSent_IsNotSentAsWell()
    {
        ComplainingLink link = new(_system);
        await using (
            ParentLog log = new(new CallerOutbox(link), ChildLogLevel.Warning, linesPerSecond: 100, TimeProvider.System)
        )
        {
            await log.AttachAsync(Task.FromResult(_system));
            _system.EventStream.Publish(new Warning("here", typeof(ParentLogTests), "one"));
            _system.EventStream.Publish(new Warning("here", typeof(ParentLogTests), "two"));
        }

        Assert.Equal(2, link.Sent);
    }

    [Fact]
    public async Task Log_FromInsideOfTheLink_TakesNoLockOfIts()
    {
        ComplainingLink link = new(_system);
        await using ParentLog log = new(
            new CallerOutbox(link),
            ChildLogLevel.Warning,
            linesPerSecond: 100,
            TimeProvider.System
        );
        await log.AttachAsync(Task.FromResult(_system));

        lock (link.Gate)
        {
            _system.EventStream.Publish(new Warning("here", typeof(ParentLogTests), "one"));
            Assert.Equal(0, link.Sent);
        }
    }

    /// <summary>A link that logs whenever it is used, as the remoting does when it has ended.</summary>
    private sealed class ComplainingLink(ActorSystem system) : ILink
    {
        public Lock Gate { get; } = new();

        public int Sent { get; private set; }

        public bool Send(ReadOnlyMemory<byte> message) => SendControl(message);

        public bool SendControl(ReadOnlyMemory<byte> message)
        {
            lock (Gate)
            {
                Sent++;
                system.EventStream.Publish(new Error(null, "link", typeof(ComplainingLink), "not sent"));
                return true;
            }
        }

        public Task DrainAsync() => Task.CompletedTask;
    }
}
