namespace EventDrivenActors.Subprocess.Remoting;

/// <summary>
/// The names that both ends derive from an incarnation: a fresh child has a fresh address, so nothing that Akka
/// remembers of the last one delays it.
/// </summary>
internal static class LinkNames
{
    public const string ChildActor = "link";

    public static string ChildSystem(Guid incarnation) => $"child-{incarnation:N}";

    public static string ParentActor(Guid incarnation) => $"link-{incarnation:N}";
}
