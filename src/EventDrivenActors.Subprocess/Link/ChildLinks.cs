using System.Security.Cryptography;
using Akka.Actor;
using Akka.Event;
using EventDrivenActors.Subprocess.Configuration;

namespace EventDrivenActors.Subprocess.Link;

/// <summary>The private system that holds the parent's ends of all links of one user's actor system; made when first asked for, ended with that system.</summary>
internal sealed class ChildLinks : IExtension
{
    private readonly Lock _gate = new();
    private readonly ExtendedActorSystem _user;
    private Task<LinkSystem>? _system;

    public ChildLinks(ExtendedActorSystem user)
    {
        _user = user;
        Settings = SubprocessSettings.From(user.Settings.Config);
        Name = "parent-" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
        _ = user.WhenTerminated.ContinueWith(_ => EndAsync(), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
    }

    public SubprocessSettings Settings { get; }

    /// <summary>The system's name, known before it is booted.</summary>
    public string Name { get; }

    /// <summary>The links of a user's system.</summary>
    public static ChildLinks For(ActorSystem user) => user.WithExtension<ChildLinks, ChildLinksProvider>();

    /// <summary>The system, booted by the first call; where that failed, as for want of threads, by the next one.</summary>
    public Task<LinkSystem> SystemAsync()
    {
        lock (_gate)
            return _system is { IsFaulted: false, IsCanceled: false } ? _system : _system = BootAsync();
    }

    private async Task<LinkSystem> BootAsync()
    {
        var system = await LinkSystem.BootAsync(Name, Settings).ConfigureAwait(false);
        LogTap.Attach(system.System, Publish);
        return system;
    }

    /// <summary>What it says while it is ended behind the user's system is nobody's concern any more.</summary>
    private void Publish(LogEvent log)
    {
        if (!_user.WhenTerminated.IsCompleted)
            _user.EventStream.Publish(log);
    }

    private async Task EndAsync()
    {
        Task<LinkSystem>? system;
        lock (_gate)
            system = _system;
        // A system that could not be booted has told so those who asked for it, and there is nothing to end.
        if (system is { IsFaulted: false, IsCanceled: false })
            await (await system.ConfigureAwait(false)).System.Terminate().ConfigureAwait(false);
    }
}
