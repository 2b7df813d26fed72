using Akka.Actor;
using Akka.Dispatch;
using Akka.Event;
using EventDrivenActors.Simulation.Notes;

namespace EventDrivenActors.Simulation.Worlds;

/// <summary>Akka's logger of a simulated system, which writes log lines as notes.</summary>
internal sealed class SimLogger : ReceiveActor, IRequiresMessageQueue<ILoggerMessageQueueSemantics>
{
    public SimLogger()
    {
        Receive<InitializeLogger>(_ => Sender.Tell(new LoggerInitialized()));
        Receive<LogEvent>(log =>
        {
            // The library logs an unobserved failure when the garbage collector finds it, at a moment that no seed
            // decides.
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
