using System.Diagnostics;
using EventDrivenActors.TestSupport;

namespace EventDrivenActors.Samples.Tests;

/// <summary>A sample as it was built together with this assembly.</summary>
internal sealed class SampleProgram(string name)
{
    private static readonly TimeSpan HangGuard = TimeSpan.FromSeconds(60);

    /// <summary>The lines that the README shows as output.</summary>
    public IReadOnlyList<string> ExpectedOutput => OutputBlock(Repository.PathOf($"samples/{name}/README.md"))!.Lines;

    /// <summary>The samples whose README has a block <c>text output</c>.</summary>
    public static IEnumerable<string> Names() =>
        Repository
            .Files("samples", "README.md")
            .Where(readme => OutputBlock(readme) is not null)
            .Select(readme => Path.GetFileName(Path.GetDirectoryName(readme)!));

    /// <summary>
    /// Runs the program to its end and returns its standard output; another exit code than 0 fails the test.
    /// </summary>
    public async Task<IReadOnlyList<string>> RunAsync(params string[] arguments)
    {
        ProcessStartInfo start = new(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Repository.PathOf($"samples/{name}"),
            ArgumentList = { Assembly() },
        };
        Array.ForEach(arguments, start.ArgumentList.Add);
        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        List<string> output = [];
        List<string> errors = [];
        using CancellationTokenSource hang = new(HangGuard);
        try
        {
            await Task.WhenAll(
                CollectAsync(process.StandardOutput, output, hang.Token),
                CollectAsync(process.StandardError, errors, hang.Token),
                process.WaitForExitAsync(hang.Token)
            );
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"The sample '{name}' had not ended after {HangGuard.TotalSeconds} s. {Told(output, errors)}");
        }

        Assert.True(
            process.ExitCode == 0,
            $"The sample '{name}' ended with exit code {process.ExitCode}. {Told(output, errors)}"
        );
        return output;
    }

    private static async Task CollectAsync(StreamReader reader, List<string> lines, CancellationToken cancellationToken)
    {
        while (await reader.ReadLineAsync(cancellationToken) is { } line)
        {
            lines.Add(line);
        }
    }

    private static string Told(List<string> output, List<string> errors) =>
        string.Join(
            Environment.NewLine,
            [
                "Its output:",
                .. output.Select(line => "  " + line),
                "Its errors:",
                .. errors.TakeLast(40).Select(line => "  " + line),
            ]
        );

    private static FencedBlock? OutputBlock(string readme) =>
        FencedBlock.Read(File.ReadAllText(readme)).FirstOrDefault(block => block.Info == "text output");

    private string Assembly()
    {
        DirectoryInfo framework = new(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        string folder = Repository.PathOf($"samples/{name}/bin/{framework.Parent!.Name}/{framework.Name}");
        string[] programs = Directory.Exists(folder) ? Directory.GetFiles(folder, "*.runtimeconfig.json") : [];
        Assert.True(
            programs.Length == 1,
            $"The folder '{folder}' holds {programs.Length} programs; build the sample '{name}' in this configuration."
        );
        return programs[0].Replace(".runtimeconfig.json", ".dll", StringComparison.Ordinal);
    }
}
