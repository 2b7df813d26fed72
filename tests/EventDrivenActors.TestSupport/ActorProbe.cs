using System.Threading.Channels;
using Akka.Actor;

namespace EventDrivenActors.TestSupport;

/// <summary>
/// A plain actor: keeps the messages that it receives for the test, and runs functions in its context.
/// </summary>
public sealed class ActorProbe
{
    private readonly Channel<object> _received = Channel.CreateUnbounded<object>();

    public ActorProbe(ActorSystem system)
    {
        ChannelWriter<object> writer = _received.Writer;
        Ref = system.ActorOf(Props.Create(() => new Recorder(writer)));
    }

    public IActorRef Ref { get; }

    /// <summary>Takes the next message, which must be a <typeparamref name="T"/>.</summary>
    public async Task<T> ExpectAsync<T>() =>
        Assert.IsType<T>(await _received.Reader.ReadAsync().AsTask().Guarded(), exactMatch: false);

    /// <summary>Runs a function in the actor.</summary>
    public Task<T> InActorAsync<T>(Func<IActorContext, T> function)
    {
        TaskCompletionSource<T> done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Ref.Tell(
            (Action<IActorContext>)(
                context =>
                {
                    try
                    {
                        done.SetResult(function(context));
                    }
                    catch (Exception failure)
                    {
                        done.SetException(failure);
                    }
                }
            )
        );
        return done.Task.Guarded();
    }

    public Task WatchAsync(IActorRef target) => InActorAsync(context => context.Watch(target));

    private sealed class Recorder(ChannelWriter<object> received) : UntypedActor
    {
        protected override void OnReceive(object message)
        {
            if (message is Action<IActorContext> action)
            {
                action(Context);
            }
            else
            {
                received.TryWrite(message);
            }
        }
    }
}
