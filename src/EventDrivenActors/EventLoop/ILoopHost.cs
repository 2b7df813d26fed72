namespace EventDrivenActors.EventLoop;

/// <summary>The effects of the event loop, at its edge.</summary>
internal interface ILoopHost
{
    IController Controller { get; }

    IController? Pool { get; }

    int WorkerIndex { get; }

    /// <summary>
    /// The run has ended; the host closes what belongs to it and then calls <see cref="Stopping.Close"/>.
    /// </summary>
    /// <param name="deadline">Gives the time stamp by which it must have done so; a later, stricter shutdown makes it
    /// earlier.</param>
    void RunEnded(Func<long> deadline);

    /// <summary>
    /// A shutdown has become one that starts nothing more: what adapters hold and has not started is to be cancelled.
    /// </summary>
    void Finishing();

    /// <summary>A shutdown has become one that waits for nothing: what adapters hold ends as cancelled.</summary>
    void Aborting();

    /// <summary>Tells the adapters to cancel the events that they hold: the loop cancels the queued ones.</summary>
    /// <returns>Waits for the adapters, for a limited time, and gives how many events they have cancelled.</returns>
    Func<int> Cleaning();

    /// <summary>A failure that no code observes.</summary>
    void LogFailure(object key, Exception exception);

    /// <summary>An adapter, or an effect of this edge, threw.</summary>
    void LogBroken(Exception exception);

    /// <summary>A handler is past its time-out and has not ended.</summary>
    void LogStuck(object key, TimeSpan timeout);

    /// <summary>An event had neither handlers nor an otherwise handler.</summary>
    void LogUnhandled(object key);
}
