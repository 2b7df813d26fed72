namespace EventDrivenActors.TestSupport;

/// <summary>Many threads that start together.</summary>
public static class Crowd
{
    /// <summary>Runs the body once on each of this many new threads; the task fails when one of them fails.</summary>
    public static Task RunAsync(int threads, Action<int> body)
    {
        CountdownEvent ready = new(threads);
        Task[] members = [.. Enumerable.Range(0, threads).Select(index => Start(index, ready, body))];
        return Task.WhenAll(members).Guarded();
    }

    private static Task Start(int index, CountdownEvent ready, Action<int> body)
    {
        TaskCompletionSource done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        new Thread(() =>
        {
            ready.Signal();
            ready.Wait(HangGuard.Limit);
            if (Record.Exception(() => body(index)) is { } failure)
            {
                done.SetException(failure);
            }
            else
            {
                done.SetResult();
            }
        })
        {
            IsBackground = true,
        }.Start();
        return done.Task;
    }
}
