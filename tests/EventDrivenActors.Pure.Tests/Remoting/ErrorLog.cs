using Akka.Event;

namespace EventDrivenActors.Pure.Tests.Remoting;

/// <summary>Collects the errors that Akka's parts log.</summary>
internal sealed class ErrorLog() : LoggingAdapterBase(DefaultLogMessageFormatter.Instance)
{
    public List<string> Errors { get; } = [];

    public override bool IsDebugEnabled => false;

    public override bool IsInfoEnabled => false;

    public override bool IsWarningEnabled => false;

    public override bool IsErrorEnabled => true;

    protected override void NotifyLog(LogLevel logLevel, object message, Exception? cause = null) =>
        Errors.Add($"{message} {cause}");
}
