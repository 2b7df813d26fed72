using System.Runtime.CompilerServices;

namespace EventDrivenActors.Waits;

/// <summary>
/// Which task goes on when another one has ended: whether a handler really awaits what its flow has begun to wait for.
/// </summary>
/// <remarks>
/// There is no public way to ask. The runtime keeps the continuations of a task in one field, which debuggers and dump
/// tools read too. Where that field is not as expected nothing is known, and the caller must decide by time; a test
/// checks the field of the current runtime.
/// </remarks>
internal static class AwaitChain
{
    private const string Wrapper = "System.Threading.Tasks.AwaitTaskContinuation";
    private static readonly Type? WrapperType = typeof(Task).Assembly.GetType(Wrapper);

    // Any thread; only ever set.
    private static volatile bool _unknown;

    /// <summary>Whether a task is certain to be awaited, directly or through others, by another one.</summary>
    public static bool Leads(Task from, Task to) => Finds(from, to, blocked: false);

    /// <summary>Whether a thread is certain to block until a task has ended, or another one that awaits it.</summary>
    public static bool Blocks(Task from) => Finds(from, null, blocked: true);

    private static bool Finds(Task from, Task? to, bool blocked)
    {
        try
        {
            return !_unknown && Search(from, to, blocked);
        }
        catch (Exception changed) when (changed is MissingFieldException or TypeLoadException or InvalidCastException)
        {
            _unknown = true;
            return false;
        }
    }

    private static bool Search(Task from, Task? to, bool blocked)
    {
        HashSet<Task> seen = [from];
        Stack<Task> open = new([from]);
        while (open.TryPop(out Task? task))
        {
            if (ReferenceEquals(task, to))
            {
                return true;
            }

            foreach (object? continuation in ContinuationsOf(task))
            {
                if (blocked && IsBlockedThread(continuation))
                {
                    return true;
                }

                if (TaskOf(continuation) is { } next && seen.Add(next))
                {
                    open.Push(next);
                }
            }
        }

        return false;
    }

    private static object?[] ContinuationsOf(Task task)
    {
        object? continuation = Volatile.Read(ref Continuation(task));
        if (continuation is not List<object?> several)
        {
            return [continuation];
        }

        // As the runtime itself does when it adds one.
        lock (several)
        {
            return [.. several];
        }
    }

    /// <summary>The task that a continuation completes: an async method, or one that joins others.</summary>
    private static Task? TaskOf(object? continuation) =>
        continuation switch
        {
            Task joining => joining,
            Action action => action.Target as Task,
            not null when WrapperType?.IsInstanceOfType(continuation) == true => ActionOf(continuation).Target as Task,
            _ => null,
        };

    /// <summary>Task.Wait and WaitAll register an event that the task sets.</summary>
    private static bool IsBlockedThread(object? continuation) =>
        continuation is ManualResetEventSlim
        || continuation?.GetType() is { DeclaringType: { } declaring, Name: "SetOnInvokeMres" or "SetOnCountdownMres" }
            && declaring == typeof(Task);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "m_continuationObject")]
    private static extern ref object? Continuation(Task task);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "m_action")]
    private static extern ref Action ActionOf([UnsafeAccessorType(Wrapper)] object continuation);
}
