namespace EventDrivenActors.Pure.Tests.EventLoop;

/// <summary>One step of a scenario; what the numbers mean depends on the act.</summary>
internal readonly record struct Command(Act Act, int A, int B)
{
    public override string ToString() => $"{Act}({A}, {B})";
}
