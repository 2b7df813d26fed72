using System.Text.RegularExpressions;

namespace EventDrivenActors.Architecture.Tests;

/// <summary>One room knows Akka.Remote, so a link could do without it.</summary>
public partial class RemotingTests
{
    private const string Package = "EventDrivenActors.Subprocess";
    private const string Room = "Remoting";

    [Fact]
    public void Source_OutsideOfRemoting_NamesNoAkkaRemote() =>
        Findings.None(SourceFile.ReadAll().Where(NamesRemote).Select(file => $"{file.Path} names Akka.Remote."));

    [Theory]
    [InlineData("EventDrivenActors.Subprocess/Connecting/A.cs", "using Akka.Remote.Transport;", true)]
    [InlineData("EventDrivenActors.Subprocess/Connecting/A.cs", "using Google.Protobuf;", true)]
    [InlineData("EventDrivenActors.Wire/Channel/A.cs", "Akka.Remote.RemoteScope x;", true)]
    [InlineData("EventDrivenActors.Subprocess/Remoting/A.cs", "using Akka.Remote.Transport;", false)]
    [InlineData("EventDrivenActors.Subprocess/Connecting/A.cs", "using Akka.Actor; // Akka.Remote", false)]
    public void NamesRemote_Source_IsFound(string path, string source, bool found) =>
        Assert.Equal(found, NamesRemote(new SourceFile("src/" + path, source)));

    private static bool NamesRemote(SourceFile file) =>
        (file.Package != Package || file.Room != Room) && Remote().IsMatch(file.Code);

    [GeneratedRegex(@"\b(Akka\.Remote|Google\.Protobuf)\b")]
    private static partial Regex Remote();
}
