using Akka.Actor;
using Akka.Dispatch;
using Akka.Event;
using EventDrivenActors.Simulation.Notes;

namespace EventDrivenActors.Simulation.Worlds;

/// <summary>Akka's logger of a simulated system: what is logged becomes notes.</summary>
internal sealed class SimLogger : ReceiveActor, IRequiresMessageQueue<ILoggerMessageQueueSemantics>
{
    public SimLogger()
    {
        Receive<InitializeLogger>(_ => Sender.Tell(new LoggerInitialized()));
        Receive<LogEvent>(log =>
        {
            // What nobody awaited is said when the garbage collector finds it, which no seed decides.
            if (
                Scene.Current is { } scene
                && log.LogLevel() >= LogLevel.WarningLevel
                && log.Message.ToString()?.Contains("nobody awaited it", StringComparison.Ordinal) == false
            )
            {
                scene.Add(NoteKind.Logged, text: $"{log.LogLevel()} {log.Message}".ReplaceLineEndings(" "));
            }
        });
    }
}
