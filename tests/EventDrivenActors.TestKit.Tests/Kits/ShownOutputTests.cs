using System.Reflection;
using System.Text.RegularExpressions;
using EventDrivenActors.TestKit.Tests.Cookbook;
using EventDrivenActors.TestSupport;
using Xunit.Abstractions;

namespace EventDrivenActors.TestKit.Tests.Kits;

/// <summary>What <c>docs/testing.md</c> shows as output is what its recipes write.</summary>
public sealed class ShownOutputTests
{
    [Fact]
    public async Task FirstTest_WritesItsLastEvents()
    {
        Written written = new();
        using (TillTests test = new(written))
        {
            await test.Till_AddsUp();
            await test.DisposeAsync();
        }

        Assert.Equal(
            Shown("'controller-1' is Stopped"),
            Lines(string.Join('\n', written.Lines.Where(line => !line.StartsWith('['))))
        );
    }

    [Fact]
    public async Task Race_SaysWhatItFound()
    {
        using TestARace test = new();
        InterleavingException found = await Assert.ThrowsAsync<InterleavingException>(() =>
            test.ExploreAsync(200, () => Call(test, "SellAsync", true))
        );
        await test.DisposeAsync();

        Assert.Equal(Shown("The interleaving of seed").Select(WithoutPlace), Lines(found.Message).Select(WithoutPlace));

        // Which seed it is, and which worker comes first, is left to the threads of the pool.
        static string WithoutPlace(string line) => Regex.Replace(line, @"seed \d+|ReplayAsync\(\d+|pool-1/\d", "");
    }

    [Fact]
    public async Task Simulation_SaysWhatItFound()
    {
        using SimulateABackend test = new();
        SimulationException found = await Assert.ThrowsAsync<SimulationException>(() =>
            test.SimulateAsync(
                200,
                simulation => Call(test, "PrintAsync", simulation, true),
                options => options.FirstSeed = 52
            )
        );
        await test.DisposeAsync();

        Assert.Equal(Shown("Seed ").Select(WithoutEffort), Lines(found.Message).Select(WithoutEffort));

        // How much was left out depends on the bytes that a child sends, and those on the machine.
        static string WithoutEffort(string line) => Regex.Replace(line, @"of \d+ and \d+ that \d+ runs", "");
    }

    private static Task Call(ControllerTestKit test, string method, params object[] arguments) =>
        (Task)
            test.GetType().GetMethod(method, BindingFlags.Instance | BindingFlags.NonPublic)!.Invoke(test, arguments)!;

    /// <summary>The text block of the document that begins with these words.</summary>
    private static string[] Shown(string beginning) =>
        Assert.Single(
            File.ReadAllText(Repository.PathOf("docs/testing.md"))
                .ReplaceLineEndings("\n")
                .Split("```text\n")
                .Skip(1)
                .Select(block => Lines(block[..block.IndexOf("\n```", StringComparison.Ordinal)])),
            block => block[0].StartsWith(beginning, StringComparison.Ordinal)
        );

    private static string[] Lines(string text) => [.. text.ReplaceLineEndings("\n").Trim('\n').Split('\n')];

    private sealed class Written : ITestOutputHelper
    {
        public List<string> Lines { get; } = [];

        public void WriteLine(string message) => Lines.Add(message);

        public void WriteLine(string format, params object[] args) => Lines.Add(string.Format(format, args));
    }
}
