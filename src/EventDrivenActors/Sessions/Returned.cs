using System.Runtime.CompilerServices;

namespace EventDrivenActors.Sessions;

/// <summary>The return value of a handler: its result, or a task that will have it.</summary>
/// <remarks>
/// It has two words, so it is returned in registers, and a handler that suspends needs no second task around its own.
/// </remarks>
internal readonly struct Returned
{
    private readonly object? _content;
    private readonly Func<Task, object?>? _read;

    public Returned(object? result) => _content = result;

    public Returned(Task task, Func<Task, object?> read)
    {
        _content = task;
        _read = read;
    }

    /// <summary>Whether there is a result, and no task to wait for.</summary>
    public bool HasEnded => _read is null;

    public object? Result => _content;

    public Task Task => Unsafe.As<Task>(_content!);

    /// <summary>The result of the task, which has ended; or what it failed with is thrown.</summary>
    public object? ResultOfTask() => _read!(Task);

    public ValueTask<object?> AsValueTask() => HasEnded ? new ValueTask<object?>(Result) : WaitAsync();

    private async ValueTask<object?> WaitAsync()
    {
        Func<Task, object?> read = _read!;
        Task task = Task;
        await task.ConfigureAwait(false);
        return read(task);
    }
}
