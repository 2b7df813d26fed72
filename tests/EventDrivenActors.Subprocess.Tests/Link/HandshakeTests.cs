using System.Net.Sockets;
using EventDrivenActors.Subprocess.Link;

namespace EventDrivenActors.Subprocess.Tests.Link;

public sealed class HandshakeTests
{
    private static readonly StartMessage Start = new(
        Handshake.ProtocolVersion, Guid.NewGuid(), "", new byte[32], "parent", default, [typeof(Handshake).Assembly.FullName!, typeof(HandshakeTests).Assembly.FullName!], "", default);

    [Fact]
    public async Task Handshake_SameSecret_ConvincesBothEnds() => await ShakeAsync(Start, Start);

    [Fact]
    public async Task Handshake_WrongNonce_IsRefused()
    {
        var refusal = await Assert.ThrowsAsync<LinkRefusedException>(() => ShakeAsync(Start, Start with { Nonce = [.. Enumerable.Repeat((byte)1, 32)] }));
        Assert.Contains("proof is wrong", refusal.Message);
    }

    [Fact]
    public async Task Handshake_OtherIncarnation_IsRefused() =>
        await Assert.ThrowsAsync<LinkRefusedException>(() => ShakeAsync(Start, Start with { Incarnation = Guid.NewGuid() }));

    [Fact]
    public async Task Handshake_OtherProtocolVersion_NamesBoth()
    {
        var refusal = await Assert.ThrowsAsync<LinkRefusedException>(() => ShakeAsync(Start with { ProtocolVersion = 99 }, Start));
        Assert.Contains("'99'", refusal.Message);
        Assert.Contains($"'{Handshake.ProtocolVersion}'", refusal.Message);
    }

    [Fact]
    public async Task Handshake_AssemblyThatTheChildDoesNotHave_IsRefusedByName()
    {
        var refusal = await Assert.ThrowsAsync<LinkRefusedException>(() => ShakeAsync(Start with { Assemblies = ["Missing, Version=1.0.0.0"] }, Start));
        Assert.Contains("'Missing, Version=1.0.0.0'", refusal.Message);
    }

    [Fact]
    public async Task Handshake_OtherBuild_NamesBothBuilds()
    {
        var (parent, child) = Pair();
        using (parent)
        using (child)
        {
            var modules = Start.Assemblies.Select(name => new ModuleVersion(name, new Guid(7, 0, 0, [0, 0, 0, 0, 0, 0, 0, 0]))).ToArray();
            HandshakeFrames.Write(child, new ChildHello(Handshake.ProtocolVersion, Start.Incarnation, modules).Encode(Start.Nonce));
            var refusal = await Assert.ThrowsAsync<LinkRefusedException>(() => Task.Run(() => Handshake.Receive(parent, Start)));
            Assert.Contains("'00000007-0000-0000-0000-000000000000'", refusal.Message);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task Handshake_StrangerThatWelcomesOrRefuses_IsLeftByTheChild_WhichTriesAgain(byte answer)
    {
        var (parent, child) = Pair();
        using (parent)
        using (child)
        {
            var sending = Task.Run(() => Handshake.Send(child, Start));
            HandshakeFrames.Write(parent, [answer, .. new byte[HandshakeProof.Length], .. "Another build."u8]);
            var refusal = await Assert.ThrowsAsync<LinkRefusedException>(() => sending.WaitAsync(CollectingPeer.Guard));
            Assert.Equal((true, true), (refusal.IsByStranger, refusal.MayRetry));
        }
    }

    [Fact]
    public void Frame_LongerThanAgreed_IsNotAllocated()
    {
        var (parent, child) = Pair();
        using (parent)
        using (child)
        {
            child.Send(BitConverter.GetBytes(int.MaxValue));
            Assert.Throws<LinkProtocolException>(() => HandshakeFrames.Read(parent));
        }
    }

    [Fact]
    public async Task Handshake_RefusalOfTheParent_IsFinalToBothEnds()
    {
        var (parent, child) = Pair();
        using (parent)
        using (child)
        {
            var sending = Task.Run(() => Handshake.Send(child, Start with { Incarnation = Guid.NewGuid() }));
            var ours = await Assert.ThrowsAsync<LinkRefusedException>(() => Task.Run(() => Handshake.Receive(parent, Start)).WaitAsync(CollectingPeer.Guard));
            var theirs = await Assert.ThrowsAsync<LinkRefusedException>(() => sending.WaitAsync(CollectingPeer.Guard));
            Assert.Equal((ours.Message, false, false), (theirs.Message, ours.MayRetry, theirs.MayRetry));
        }
    }

    private static async Task ShakeAsync(StartMessage parentStart, StartMessage childStart)
    {
        var (parent, child) = Pair();
        using (parent)
        using (child)
        {
            var sending = Task.Run(() => Handshake.Send(child, childStart));
            var receiving = Task.Run(() => Handshake.Receive(parent, parentStart));
            await Task.WhenAll(sending, receiving).WaitAsync(CollectingPeer.Guard);
        }
    }

    private static (Socket Parent, Socket Child) Pair()
    {
        SocketPair pair = new();
        return (pair.Parent, pair.Child);
    }
}
