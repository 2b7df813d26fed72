using AssemblyCensus.Running;

namespace AssemblyCensus.Reporting;

/// <summary>Where the user looks: a terminal that can redraw, or plain lines.</summary>
internal interface ICensusView
{
    /// <summary>
    /// Shows the progress until the work has ended, well or badly; the caller awaits the work itself.
    /// </summary>
    Task FollowAsync(Task work, Func<ProgressSnapshot> look);

    void Heading(string text);

    void Line(string text);

    void Chart(IReadOnlyList<Bar> bars);
}
