namespace EventDrivenActors.EventLoop;

/// <summary>Hears the events that a loop takes, before their handlers. Absent while nobody listens.</summary>
internal interface ITap
{
    void Taken(Session session);

    /// <summary>Whether somebody listens for events of a key.</summary>
    bool Hears(object key);
}
