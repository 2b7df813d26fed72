using Akka.Actor;

namespace EventDrivenActors.DocsExamples;

internal static class PlainAkka
{
    public static async Task RunAsync(EventRuntime runtime)
    {
        TaskCompletionSource ended = new();
        runtime.System.ActorOf(Props.Create(() => new Owner(runtime, ended)));
        await ended.Task;
    }

    // <snippet>
    private sealed class Owner : ReceiveActor
    {
        public Owner(EventRuntime runtime, TaskCompletionSource ended)
        {
            Controller child = runtime.CreateController(o =>
            {
                o.ActorFactory = Context;
                o.Mapping.On("area", (int width, int height) => width * height);
            });
            child.Run();

            Context.Watch(child.Ref);
            child.Ref.Tell(new ControllerEvent("area", Args: [2, 3]));

            Receive<IReadOnlyList<object?>>(results => child.Ref.Tell(PoisonPill.Instance));
            Receive<Status.Failure>(failure => child.Shutdown());
            Receive<Terminated>(_ => ended.SetResult());
        }
    }
    // </snippet>
}
