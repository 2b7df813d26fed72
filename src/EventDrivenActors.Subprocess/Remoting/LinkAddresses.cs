using Akka.Actor;

namespace EventDrivenActors.Subprocess.Remoting;

/// <summary>
/// The addresses of both ends. Akka wants a host and a port, which mean nothing here: the random name of the system
/// tells the ends apart.
/// </summary>
internal static class LinkAddresses
{
    public const string Scheme = "unix";

    private const string Host = "link";
    private const int Port = 1;

    /// <summary>The address that the transport knows.</summary>
    public static Address Bare(string system) => new(Scheme, system, Host, Port);

    /// <summary>The address that actors know.</summary>
    public static Address Full(string system) => new("akka." + Scheme, system, Host, Port);

    /// <summary>The path of a link actor.</summary>
    public static string PathOf(string system, string actor) => $"{Full(system)}/user/{actor}";
}
