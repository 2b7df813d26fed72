using System.Security.Cryptography;
using Akka.Actor;
using EventDrivenActors.Subprocess.Configuration;

namespace EventDrivenActors.Subprocess.Remoting;

/// <summary>The parent's ends of all links of one user's actor system.</summary>
internal sealed class ParentLinks : IExtension
{
    public ParentLinks(ActorSystem user)
    {
        Settings = SubprocessSettings.From(user.Settings.Config);
        Host = new LinkHost(
            Task.FromResult(user),
            "parent-" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8)),
            Settings
        );
    }

    public SubprocessSettings Settings { get; }

    public LinkHost Host { get; }

    /// <summary>The links of a user's actor system.</summary>
    public static ParentLinks For(ActorSystem user) => user.WithExtension<ParentLinks, ParentLinksProvider>();
}
