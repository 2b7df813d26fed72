namespace EventDrivenActors.Handlers;

/// <summary>Stands for the result of a handler that returns nothing.</summary>
internal readonly struct NoResult
{
    public static InvalidOperationException NoTask() =>
        new("The handler returned null instead of a task; return Task.CompletedTask, or make the handler async.");
}
