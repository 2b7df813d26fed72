using EventDrivenActors.Sessions;

namespace EventDrivenActors.Mapping;

/// <summary>The handler of submitted functions where the user has mapped none.</summary>
internal static class SubmissionEntry
{
    public static MappingEntry Instance { get; } =
        new(
            MappingSlot.Handler,
            ControllerEvents.Submit.Name,
            static Returned (Session session) =>
                session.Value is Submission submission
                    ? submission.Invoke(session)
                    : throw new ArgumentException(
                        $"The event '{ControllerEvents.Submit}' carries '{session.Value ?? "null"}', which is no "
                            + "function; call Submit instead of Dispatch."
                    )
        );
}
