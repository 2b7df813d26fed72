using System.Text;
using EventDrivenActors.Subprocess.Launching;

namespace EventDrivenActors.Subprocess.Tests.Launching;

public sealed class ChildExitTests
{
    [Fact]
    public void Exit_BehindALongStack_SaysTheReasonAndNoStack()
    {
        OutputTail tail = new OutputTail(20, 4096, null);
        tail.Append("Unhandled exception. System.Exception: the reason\n"u8);
        tail.Append(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("   at A.B()\n", 100))));
        ChildExit exit = ChildExit.From(134, tail.Snapshot()) with { Reason = tail.Reason };
        Assert.Equal(20, exit.LastErrorLines.Count);
        Assert.Equal(
            "ended by signal 6, last on stderr: Unhandled exception. System.Exception: the reason |    at A.B()",
            exit.ToString()
        );
    }

    [Fact]
    public void Exit_WithManyLongLines_SaysTheLastThreeShortened()
    {
        ChildExit exit = ChildExit.From(
            1,
            [.. Enumerable.Range(0, 20).Select(number => $"{number} {new string('x', 4000)}")]
        );
        Assert.InRange(exit.ToString().Length, 900, 1000);
        Assert.Contains("| 19 ", exit.ToString());
    }

    [Theory]
    [InlineData(
        "Error:",
        "  An assembly specified in the application dependencies manifest (App.deps.json) was not found:",
        "    path: 'lib/Akka.dll'"
    )]
    [InlineData(
        "You must install or update .NET to run this application.",
        "",
        "Framework: 'Microsoft.NETCore.App', version '99.0.0' (x64)"
    )]
    [InlineData(
        "Unhandled exception. System.IO.FileNotFoundException: Could not load file or assembly 'Akka'. The system "
            + "cannot find the file specified."
    )]
    public void Exit_ForWantOfAPart_IsTold(params string[] lines) =>
        Assert.NotNull(MissingParts.Of(ChildExit.From(140, lines)));

    [Fact]
    public void Exit_ForAnotherReason_IsNotTakenForOne() =>
        Assert.Null(
            MissingParts.Of(
                ChildExit.From(134, ["Unhandled exception. System.IO.FileNotFoundException: Could not find file '/x'."])
            )
        );
}
