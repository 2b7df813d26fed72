using System.Text.RegularExpressions;

namespace EventDrivenActors.Architecture.Tests;

public class ForbiddenCallTests
{
    private static readonly (string Pattern, string Remedy)[] Forbidden =
    [
        (@"\bAsk\s*(?:<[^;()]*>)?\s*\(", "Ask never learns of a handler that threw; use a Pending."),
        (@"\bReceiveAsync\b", "ReceiveAsync suspends the mailbox; park the drain and re-enter by a message."),
        (@"\bThread\s*\.\s*Sleep\b", "Wait on a TimeProvider timer or a completion source."),
        (
            @"\bTask\s*\.\s*Yield\b",
            "It goes on in the caller's context; await Task.CompletedTask with ConfigureAwaitOptions.ForceYielding."
        ),
        (@"\.\s*GetAwaiter\s*\(\s*\)\s*\.\s*GetResult\s*\(", "Await it."),
    ];

    // The runtime calls a start-up hook synchronously, so that nothing there can be awaited; and who asks for an actor
    // system or a Ref, properties of Akka's kind, waits for the boot.
    private static readonly string[] Exceptions = ["StartupHook.cs", "RuntimeSystem.cs"];

    [Fact]
    public void Source_EveryPackage_MakesNoForbiddenCall() =>
        Findings.None(SourceFile.ReadAll().Where(file => !Exceptions.Contains(file.Name)).SelectMany(Calls));

    [Theory]
    [InlineData("actor.Ask<int>(1);")]
    [InlineData("actor.Ask(1);")]
    [InlineData("ReceiveAsync<int>(M);")]
    [InlineData("Thread.Sleep(1);")]
    [InlineData("await Task.Yield();")]
    [InlineData("task.GetAwaiter()\n    .GetResult();")]
    public void Calls_ForbiddenOne_IsFound(string statement) =>
        Assert.Single(Calls(new SourceFile("src/EventDrivenActors/A.cs", statement)));

    [Theory]
    [InlineData("// no Ask() here")]
    [InlineData("Throw(\"Do not call Ask() here.\");")]
    [InlineData("Task(1);")]
    public void Calls_OtherText_IsNot(string statement) =>
        Assert.Empty(Calls(new SourceFile("src/EventDrivenActors/A.cs", statement)));

    private static IEnumerable<string> Calls(SourceFile file) =>
        Forbidden
            .Select(rule => (Match: Regex.Match(file.Code, rule.Pattern), rule.Remedy))
            .Where(found => found.Match.Success)
            .Select(found => $"{file.Path} contains '{found.Match.Value}': {found.Remedy}");
}
