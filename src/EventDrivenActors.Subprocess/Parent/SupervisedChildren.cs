using EventDrivenActors.Subprocess.Supervision;
using EventDrivenActors.Wire.Calls;

namespace EventDrivenActors.Subprocess.Parent;

/// <summary>
/// The children of one controller of which something is left, in the order of their starts. All members are called
/// under the gate that the owners of the parent's half share.
/// </summary>
internal sealed class SupervisedChildren
{
    // Under the gate.
    private readonly List<SupervisedChild> _all = [];

    public int Count => _all.Count;

    /// <summary>The child that takes events, or will.</summary>
    public SupervisedChild? Serving => With(ChildRole.Active) ?? With(ChildRole.Starting);

    public List<SupervisedChild>.Enumerator GetEnumerator() => _all.GetEnumerator();

    public SupervisedChild? With(ChildRole role) => _all.Find(child => child.Member.Role == role);

    public SupervisedChild Of(ChildMember member) => _all.Find(child => child.Member == member)!;

    /// <summary>The child that a call was sent to.</summary>
    public SupervisedChild? HolderOf(OutstandingCall call) =>
        call.Holder is null ? null : _all.Find(child => child.Member.Calls == call.Holder);

    public bool All(Predicate<SupervisedChild> holds) => _all.TrueForAll(holds);

    public SupervisedChild[] ToArray() => [.. _all];

    public void Add(SupervisedChild child) => _all.Add(child);

    public void Remove(SupervisedChild child) => _all.Remove(child);
}
