using EventDrivenActors.TestSupport;

namespace EventDrivenActors.Architecture.Tests;

public class SampleTests
{
    [Fact]
    public void Sample_EachOne_HasAReadmeThatShowsItsOutput() =>
        Findings.None(
            from project in Repository.Files("samples", "*.csproj")
            where !project.EndsWith(".Tests.csproj", StringComparison.Ordinal)
            let readme = Path.Combine(Path.GetDirectoryName(project)!, "README.md")
            where
                !File.Exists(readme)
                || !File.ReadLines(readme).Any(line => line.TrimEnd() is "```text" or "```text output")
            select $"{Repository.Relative(readme)} is missing or has no ```text block with the sample's output "
                + "(```text output is the form that a test runs and compares)."
        );
}
