namespace EventDrivenActors.Subprocess.Child;

/// <summary>Runs the warm-ups, before the first event.</summary>
internal static class WarmUp
{
    /// <exception cref="InvalidOperationException">One of them has thrown.</exception>
    public static async Task RunAsync(IReadOnlyList<(string Name, Delegate Method)> warmUps, CancellationToken leaving)
    {
        foreach ((string name, Delegate method) in warmUps)
        {
            try
            {
                await Call(method, leaving).ConfigureAwait(false);
            }
            catch (Exception reason)
            {
                throw new InvalidOperationException($"The warm-up '{name}' failed: {reason.Message}", reason);
            }
        }
    }

    /// <summary>On a thread of the pool, because the code after a child's set-up may run on any thread.</summary>
    private static Task Call(Delegate method, CancellationToken leaving) =>
        Task.Run(
            () =>
            {
                switch (method)
                {
                    case Action action:
                        action();
                        return Task.CompletedTask;
                    case Action<CancellationToken> action:
                        action(leaving);
                        return Task.CompletedTask;
                    case Func<CancellationToken, Task> function:
                        return function(leaving);
                    default:
                        return ((Func<Task>)method)();
                }
            },
            CancellationToken.None
        );
}
