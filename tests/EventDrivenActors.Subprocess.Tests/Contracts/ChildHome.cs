using EventDrivenActors.Subprocess.Testing;

namespace EventDrivenActors.Subprocess.Tests.Contracts;

/// <summary>
/// A controller with a child process that maps nothing: what the parent maps must behave as without one.
/// </summary>
internal static class ChildHome
{
    /// <summary>
    /// Submissions stay in the parent too, by a mapping of its own, since the contracts submit closures.
    /// </summary>
    public static Controller Create(EventRuntime runtime, Action<ControllerOptions>? configure) =>
        runtime.CreateController(options =>
        {
            configure?.Invoke(options);
            if (options.Mapping.Entries.All(entry => !ControllerEvents.Submit.Name.Equals(entry.Key)))
            {
                options.Mapping = new MappingBlueprint()
                    .On(
                        ControllerEvents.Submit,
                        async session => await ((Submission)session.Value!).InvokeAsync(session)
                    )
                    .Include(options.Mapping);
            }

            options.AddSubprocess(child =>
            {
                child.LinkTime = TimeProvider.System;
                child.RunInProcess();
            });
        });
}
