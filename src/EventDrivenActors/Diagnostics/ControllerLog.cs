using Akka.Event;

namespace EventDrivenActors.Diagnostics;

/// <summary>
/// Writes a controller's messages to the log of its actor system, once that has started: one method a message.
/// </summary>
internal sealed class ControllerLog(Task<ILoggingAdapter> log, string name)
{
    private readonly string _controller = PlainText.Escape(name);

    public void HandlerFailed(object key, Exception exception)
    {
        RuntimeMetrics.Failed.Add(1);
        Error(
            exception,
            "The event '{0}' of the controller '{1}' failed and nobody awaited it: {2}",
            PlainText.Of(key),
            _controller
        );
    }

    public void HandlerStuck(object key, TimeSpan timeout) =>
        _ = WriteAsync(log =>
            log.Warning(
                "The handler of '{0}' of the controller '{1}' runs on past its time-out of {2}; later events wait for "
                    + "its end.",
                PlainText.Of(key),
                _controller,
                timeout
            )
        );

    public void Unhandled(object key)
    {
        RuntimeMetrics.Unhandled.Add(1);
        _ = WriteAsync(log =>
            log.Debug("The controller '{0}' has no handler for '{1}'.", _controller, PlainText.Of(key))
        );
    }

    public void AdapterFailed(Exception exception) =>
        Error(exception, "An adapter of the controller '{0}' failed: {1}", _controller);

    /// <summary>At Debug: the report of the shutdown has it as an error.</summary>
    public void AdapterLeft(string adapter, TimeSpan limit) =>
        _ = WriteAsync(log =>
            log.Debug(
                "The adapter '{0}' of the controller '{1}' was not closed within {2}; it is left to itself.",
                adapter,
                _controller,
                limit
            )
        );

    public void AdapterPassed(string adapter, string callback, TimeSpan limit) =>
        _ = WriteAsync(log =>
            log.Warning(
                "The adapter '{0}' of the controller '{1}' has not returned from {2} within {3}; it is left to itself.",
                adapter,
                _controller,
                callback,
                limit
            )
        );

    public void AdapterAwaited(string adapter, string callback, TimeSpan limit) =>
        _ = WriteAsync(log =>
            log.Warning(
                "The adapter '{0}' of the controller '{1}' has not returned from {2} within {3}; no event is taken "
                    + "before it has.",
                adapter,
                _controller,
                callback,
                limit
            )
        );

    public void GaveUp(Exception reason) =>
        Error(reason, "The controller '{0}' gave up and waits to be run again: {1}", _controller);

    public void ForwardRefused(object key, string reason) =>
        _ = WriteAsync(log =>
            log.Debug(
                "The controller '{0}' did not take the forwarded event '{1}': {2}",
                _controller,
                PlainText.Of(key),
                PlainText.Escape(reason)
            )
        );

    /// <summary>Logs at Error. An exception whose own members throw is logged by its type alone.</summary>
    private void Error(Exception exception, string format, params object[] args)
    {
        string text;
        Exception? cause = exception;
        try
        {
            text = PlainText.Escape(exception.Message);
            cause = PlainText.Cause(exception);
        }
        catch (Exception)
        {
            text = exception.GetType().ToString();
            cause = null;
        }

        _ = WriteAsync(log => log.Error(cause, format, [.. args, text]));
    }

    private async Task WriteAsync(Action<ILoggingAdapter> write) => write(await log.ConfigureAwait(false));
}
