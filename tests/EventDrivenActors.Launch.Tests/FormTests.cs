using Xunit.Abstractions;

namespace EventDrivenActors.Launch.Tests;

/// <summary>
/// An application starts its child however it was built and started; the tests themselves are the form `dotnet test`.
/// </summary>
public sealed class FormTests(BuiltForms forms, ITestOutputHelper output) : IClassFixture<BuiltForms>
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task DotnetRun_StartsItsChild()
    {
        await forms.FileAsync(AppForm.Built);
        await WorksAsync(
            LaunchApp.Dotnet,
            ["run", "--no-build", "-c", "Release", "--project", forms.ProjectOf(AppForm.Built)]
        );
    }

    [Fact]
    public async Task DotnetWithTheAssembly_StartsItsChild() =>
        await WorksAsync(LaunchApp.Dotnet, [await forms.FileAsync(AppForm.Built, ".dll")]);

    [Fact]
    public async Task AppHost_StartsItsChild() => await WorksAsync(await forms.FileAsync(AppForm.Built), []);

    [Fact]
    public async Task SingleFile_OnASharedRuntime_StartsItsChild() =>
        await WorksAsync(await forms.FileAsync(AppForm.SingleFile), []);

    [Fact]
    public async Task SingleFile_WithItsOwnRuntime_StartsItsChild() =>
        await WorksAsync(await forms.FileAsync(AppForm.SelfContainedSingleFile), []);

    [Fact]
    public async Task SingleFile_WhoseMainHasTheLine_StartsItsChild() =>
        await WorksAsync(await forms.FileAsync(AppForm.SingleFile), [], line: true);

    [Fact]
    public async Task Folder_CompiledAheadWithItsOwnRuntime_StartsAChildThatCompilesLittle()
    {
        int compiled = await WorksAsync(await forms.FileAsync(AppForm.SelfContainedFolder), []);

        int otherwise = await WorksAsync(LaunchApp.Dotnet, [await forms.FileAsync(AppForm.Built, ".dll")]);
        output.WriteLine($"methods compiled in the child: {compiled} compiled ahead, {otherwise} as IL");
        Assert.InRange(compiled, 0, otherwise / 2);
    }

    [Fact]
    public async Task TrimmedApp_WhoseMainHasTheLine_StartsItsChild() =>
        await WorksAsync(await forms.FileAsync(AppForm.Trimmed), [], line: true);

    [Fact]
    public async Task TrimmedApp_WithoutTheLine_SaysWhichLine()
    {
        await using LaunchApp app = LaunchApp.Run(await forms.FileAsync(AppForm.Trimmed), []);
        Assert.Contains(
            await app.EndAsync(Limit),
            line =>
                line.StartsWith("ChildLost", StringComparison.Ordinal)
                && line.Contains("ChildProcessHost.RunIfChildAsync()")
        );
    }

    /// <returns>How many methods the child had to compile.</returns>
    private static async Task<int> WorksAsync(string program, string[] arguments, bool line = false)
    {
        await using LaunchApp app = LaunchApp.Run(
            program,
            arguments,
            start =>
            {
                if (line)
                {
                    start.Environment["LAUNCH_APP_LINE"] = "1";
                }
            }
        );
        IReadOnlyList<string> lines = await app.EndAsync(Limit);
        Assert.Equal(["sum 3", "child apart"], lines.Take(2));
        return int.Parse(lines[2].Split(' ')[1]);
    }
}
