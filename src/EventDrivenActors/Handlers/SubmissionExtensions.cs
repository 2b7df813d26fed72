using System.Runtime.CompilerServices;
using EventDrivenActors.Handlers;
using EventDrivenActors.Sessions;

namespace EventDrivenActors;

/// <summary>Runs submitted functions.</summary>
public static class SubmissionExtensions
{
    /// <summary>Runs the function; for a handler that intercepts submissions and lets this one through.</summary>
    /// <param name="submission">The submission.</param>
    /// <param name="session">The session of the event that carries it.</param>
    /// <returns>The function's result, <see langword="null"/> when it returns none.</returns>
    public static ValueTask<object?> InvokeAsync(this Submission submission, Session session)
    {
        ArgumentNullException.ThrowIfNull(submission);
        return submission.Invoke(session).AsValueTask();
    }

    internal static Returned Invoke(this Submission submission, Session session)
    {
        if (submission.Invoker is { } invoker)
        {
            return ((Func<Submission, Session, Returned>)invoker)(submission, session);
        }

        StrongBox<Delegate?> binding = submission.Binding!;
        return ((Func<Session, Returned>)(binding.Value ??= HandlerBinder.Bind(submission.Function)))(session);
    }
}
