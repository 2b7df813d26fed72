namespace EventDrivenActors.Architecture.Tests;

internal static class Findings
{
    /// <summary>Fails with one finding a line.</summary>
    public static void None(IEnumerable<string> findings)
    {
        string[] found = findings.ToArray();
        Assert.True(
            found.Length == 0,
            $"{found.Length} found:{Environment.NewLine}{string.Join(Environment.NewLine, found)}"
        );
    }
}
