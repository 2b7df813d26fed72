namespace EventDrivenActors.Launch.Tests;

/// <summary>A way in which a user builds an application and starts it.</summary>
/// <param name="Name">Names its folder, which has a space and a letter beyond ASCII.</param>
/// <param name="Properties">What its project says.</param>
/// <param name="IsPublished">Whether it is published; else it is only built.</param>
internal sealed record AppForm(string Name, string Properties, bool IsPublished = true)
{
    private const string SelfContained =
        "<RuntimeIdentifier>linux-x64</RuntimeIdentifier><SelfContained>true</SelfContained>";

    public static AppForm Built { get; } = new("bäuilt here", "", IsPublished: false);

    public static AppForm SingleFile { get; } =
        new(
            "single fïle",
            "<RuntimeIdentifier>linux-x64</RuntimeIdentifier><SelfContained>false</SelfContained>"
                + "<PublishSingleFile>true</PublishSingleFile>"
        );

    public static AppForm SelfContainedSingleFile { get; } =
        new("sïngle with runtime", $"{SelfContained}<PublishSingleFile>true</PublishSingleFile>");

    public static AppForm SelfContainedFolder { get; } =
        new("földer compiled ahead", $"{SelfContained}<PublishReadyToRun>true</PublishReadyToRun>");

    /// <summary>Akka finds its types by name, so only what says that it can be trimmed is.</summary>
    public static AppForm Trimmed { get; } =
        new(
            "trïmmed down",
            $"{SelfContained}<PublishTrimmed>true</PublishTrimmed><TrimMode>partial</TrimMode>"
                + "<SuppressTrimAnalysisWarnings>true</SuppressTrimAnalysisWarnings>"
        );

    public static IReadOnlyList<AppForm> All { get; } =
    [SelfContainedFolder, Trimmed, SingleFile, SelfContainedSingleFile, Built];
}
