using System.Reflection;

namespace EventDrivenActors.Pure.Tests.EventLoop;

/// <summary>A controller that has a name and nothing else: the pure loop asks for no more.</summary>
public class StubController : DispatchProxy
{
    internal static IController Create() => Create<IController, StubController>();

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
        targetMethod?.Name == "get_Name"
            ? "controller"
            : throw new NotSupportedException($"The loop called '{targetMethod?.Name}' of its controller.");
}
