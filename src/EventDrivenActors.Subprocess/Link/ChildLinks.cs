using System.Security.Cryptography;
using Akka.Actor;
using EventDrivenActors.Subprocess.Configuration;

namespace EventDrivenActors.Subprocess.Link;

/// <summary>The private system that holds the parent's ends of all links of one user's actor system; made when first asked for, ended with that system.</summary>
internal sealed class ChildLinks : IExtension
{
    private readonly Lazy<Task<LinkSystem>> _system;

    public ChildLinks(ExtendedActorSystem user)
    {
        Settings = SubprocessSettings.From(user.Settings.Config);
        Name = "parent-" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
        _system = new Lazy<Task<LinkSystem>>(() => LinkSystem.BootAsync(Name, Settings));
        _ = user.WhenTerminated.ContinueWith(_ => EndAsync(), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
    }

    public SubprocessSettings Settings { get; }

    /// <summary>The system's name, known before it is booted.</summary>
    public string Name { get; }

    /// <summary>The links of a user's system.</summary>
    public static ChildLinks For(ActorSystem user) => user.WithExtension<ChildLinks, ChildLinksProvider>();

    /// <summary>The system, booted by the first call.</summary>
    public Task<LinkSystem> SystemAsync() => _system.Value;

    private async Task EndAsync()
    {
        // A system that could not be booted has told so those who asked for it, and there is nothing to end.
        if (_system is { IsValueCreated: true, Value.IsFaulted: false })
            await (await _system.Value.ConfigureAwait(false)).System.Terminate().ConfigureAwait(false);
    }
}
