namespace EventDrivenActors.Pure.Tests.EventLoop;

/// <summary>The value of a scripted event: what its handler does, and what the model expects of it.</summary>
internal sealed class ScriptedEvent(int id, Behaviour behaviour, bool isPost)
{
    public int Id => id;

    public Behaviour Behaviour => behaviour;

    public bool IsPost => isPost;

    public TaskCompletionSource Gate { get; } = new();

    public DeferredEvent? Deferred { get; set; }

    public CountingPending? Pending { get; set; }

    public CancellationToken Token { get; set; }

    /// <summary>The model's: the status that the event must have now.</summary>
    public PendingStatus Expected { get; set; } = PendingStatus.Queued;

    /// <summary>The model's: whether the running handler's token must have fired.</summary>
    public bool TokenFires { get; set; }

    /// <summary>The model's: whether it waited for room and got it.</summary>
    public bool Admitted { get; set; }

    /// <summary>The model's: the instant of its time-out.</summary>
    public TimeSpan? TimesOutAt { get; set; }

    public bool Suspends => behaviour is Behaviour.Suspend or Behaviour.SuspendTimed or Behaviour.SuspendObeying;

    public override string ToString() => $"event {id} ({behaviour}{(isPost ? ", post" : "")})";
}
