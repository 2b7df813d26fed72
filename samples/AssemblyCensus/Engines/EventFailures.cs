using System.Text.Json;
using AssemblyCensus.Feeding;

namespace AssemblyCensus.Engines;

/// <summary>Names failures, and says which one a sabotage must end as.</summary>
internal static class EventFailures
{
    /// <summary>The name in reports, such as "child-exited".</summary>
    public static string Name(this EventFailure failure) => JsonNamingPolicy.KebabCaseLower.ConvertName(failure.ToString());

    public static EventFailure ExpectedOf(Sabotage sabotage) => sabotage switch
    {
        Sabotage.Throws => EventFailure.HandlerFailed,
        Sabotage.Exits => EventFailure.ChildExited,
        Sabotage.Overflows => EventFailure.ChildCrashed,
        Sabotage.NeverReturns => EventFailure.TimedOut,
        _ => throw new ArgumentOutOfRangeException(nameof(sabotage), sabotage, $"The sabotage '{sabotage}' is not known; add it here."),
    };
}
