using Akka.Actor;
using Akka.Event;
using EventDrivenActors.Subprocess.Configuration;
using EventDrivenActors.Wire.Channel;

namespace EventDrivenActors.Subprocess.Remoting;

/// <summary>
/// The links of one actor system, and the private system that introduces their ends to each other. That is booted when
/// the links already work.
/// </summary>
internal sealed class LinkHost
{
    private readonly Lock _gate = new();
    private readonly Task<ActorSystem> _owner;
    private readonly Task _ended;
    private readonly SubprocessSettings _settings;

    // Under _gate.
    private readonly HashSet<LinkChannel> _links = [];
    private Task<LinkSystem>? _system;

    /// <param name="owner">Its end is that of the links, once it has booted.</param>
    /// <param name="name">The name of the private system.</param>
    /// <param name="settings">Of both.</param>
    public LinkHost(Task<ActorSystem> owner, string name, SubprocessSettings settings)
    {
        _owner = owner;
        _settings = settings;
        Name = name;
        _ended = EndOfAsync(owner);
        _ = _ended.ContinueWith(
            _ => EndAsync(),
            CancellationToken.None,
            TaskContinuationOptions.OnlyOnRanToCompletion,
            TaskScheduler.Default
        );
    }

    /// <summary>The private system's name, known before it is booted.</summary>
    public string Name { get; }

    /// <summary>Closes a link when the owner ends, if the link lives that long.</summary>
    public void Keep(LinkChannel link)
    {
        lock (_gate)
        {
            _links.Add(link);
        }

        _ = link.Closed.ContinueWith(
            _ => Forget(link),
            CancellationToken.None,
            TaskContinuationOptions.None,
            TaskScheduler.Default
        );
        if (_ended.IsCompletedSuccessfully)
        {
            CloseAll();
        }
    }

    /// <summary>
    /// Takes a link's end into the private system, a moment after the link has begun its work. Nothing that crosses
    /// waits for that; never throws.
    /// </summary>
    public async Task JoinAsync(RemotingEnd end, Func<LinkSystem, Task> join, TimeProvider time)
    {
        await Moment.ForAsync(end.Channel.Closed, _settings.JoinAfter, time).ConfigureAwait(false);
        if (end.Channel.Closed.IsCompleted)
        {
            return;
        }

        try
        {
            await join(await SystemAsync().ConfigureAwait(false)).ConfigureAwait(false);
        }
        catch (Exception reason)
        {
            await LogAsync(owner =>
                    Logging
                        .GetLogger(owner, "EventDrivenActors.Subprocess")
                        .Warning(
                            "The actor system '{0}' of a link could not be booted, so the link goes on without Akka's "
                                + "remoting: {1}",
                            Name,
                            reason.Message
                        )
                )
                .ConfigureAwait(false);
        }
    }

    /// <summary>
    /// The system, booted by the first call; if that failed, for example for lack of threads, by the next one.
    /// </summary>
    private Task<LinkSystem> SystemAsync()
    {
        lock (_gate)
        {
            return _system is { IsFaulted: false, IsCanceled: false } ? _system : _system = BootAsync();
        }
    }

    private async Task<LinkSystem> BootAsync()
    {
        LinkSystem system = await LinkSystem.BootAsync(Name, _settings).ConfigureAwait(false);
        LogTap.Attach(system.System, log => _ = LogAsync(owner => owner.EventStream.Publish(log)));
        return system;
    }

    /// <summary>Writes to the owner's log; drops lines that come while it is ended after its owner.</summary>
    private async Task LogAsync(Action<ActorSystem> write)
    {
        ActorSystem owner = await _owner.ConfigureAwait(false);
        if (!_ended.IsCompleted)
        {
            write(owner);
        }
    }

    private static async Task EndOfAsync(Task<ActorSystem> owner) =>
        await (await owner.ConfigureAwait(false)).WhenTerminated.ConfigureAwait(false);

    private void Forget(LinkChannel link)
    {
        lock (_gate)
        {
            _links.Remove(link);
        }
    }

    private void CloseAll()
    {
        LinkChannel[] links;
        lock (_gate)
        {
            links = [.. _links];
        }

        foreach (LinkChannel link in links)
        {
            link.Close("the actor system of the link has ended");
        }
    }

    private async Task EndAsync()
    {
        CloseAll();
        Task<LinkSystem>? system;
        lock (_gate)
        {
            system = _system;
        }
        // If the system could not be booted, the callers that asked for it know that already, and there is nothing to
        // end.
        if (system is { IsFaulted: false, IsCanceled: false })
        {
            await (await system.ConfigureAwait(false)).System.Terminate().ConfigureAwait(false);
        }
    }
}
