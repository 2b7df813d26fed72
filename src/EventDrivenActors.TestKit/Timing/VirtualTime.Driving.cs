namespace EventDrivenActors.TestKit;

/// <content>Moving the clock from timer to timer.</content>
public sealed partial class VirtualTime
{
    /// <summary>
    /// Moves the clock from timer to timer until a task ends: for work that has an end in time but also waits for
    /// something real, such as a child process.
    /// </summary>
    /// <param name="task">The task.</param>
    /// <returns>Completes as the task does.</returns>
    /// <exception cref="TimeoutException">The task had not ended after 30 s of real time.</exception>
    public async Task DriveAsync(Task task)
    {
        ArgumentNullException.ThrowIfNull(task);
        long started = System.GetTimestamp();
        while (!task.IsCompleted)
        {
            await QuietAsync().ConfigureAwait(StaysHere);
            if (task.IsCompleted)
            {
                break;
            }

            if (System.GetElapsedTime(started) > DriveLimit)
            {
                throw new TimeoutException(
                    $"The task had not ended after {DriveLimit.TotalSeconds} s of real time and {GetElapsedTime(0)} "
                        + "of virtual time."
                );
            }

            TimeSpan? next;
            Task changed;
            lock (_gate)
            {
                next = NextDueLocked();
                changed = _changed.Task;
            }

            if (next is { } wait)
            {
                await AdvanceAsync(wait).ConfigureAwait(StaysHere);
                await Task.CompletedTask.ConfigureAwait(
                    ConfigureAwaitOptions.ForceYielding
                        | (StaysHere ? ConfigureAwaitOptions.ContinueOnCapturedContext : ConfigureAwaitOptions.None)
                );
            }
            else
            {
                await Task.WhenAny(task, changed, Task.Delay(DriveLimit)).ConfigureAwait(StaysHere);
            }
        }

        await task.ConfigureAwait(StaysHere);
    }

    /// <inheritdoc cref="DriveAsync(Task)"/>
    /// <typeparam name="TResult">The type of the task's result.</typeparam>
    public async Task<TResult> DriveAsync<TResult>(Task<TResult> task)
    {
        await DriveAsync((Task)task).ConfigureAwait(StaysHere);
        return await task.ConfigureAwait(StaysHere);
    }

    /// <inheritdoc cref="DriveAsync(Task)"/>
    /// <param name="pending">The event.</param>
    public Task<IReadOnlyList<object?>> DriveAsync(Pending pending)
    {
        ArgumentNullException.ThrowIfNull(pending);
        return DriveAsync(pending.AsTask());
    }

    /// <inheritdoc cref="DriveAsync(Pending)"/>
    /// <typeparam name="TResult">The type of the event's result.</typeparam>
    public Task<TResult> DriveAsync<TResult>(Pending<TResult> pending)
    {
        ArgumentNullException.ThrowIfNull(pending);
        return DriveAsync(pending.AsTask());
    }
}
