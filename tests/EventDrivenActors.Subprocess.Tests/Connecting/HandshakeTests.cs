using System.Net.Sockets;
using EventDrivenActors.Subprocess.Connecting;
using EventDrivenActors.Subprocess.Tests.Channel;
using EventDrivenActors.Subprocess.Tests.Transport;
using EventDrivenActors.Subprocess.Transport;
using EventDrivenActors.Wire.Channel;

namespace EventDrivenActors.Subprocess.Tests.Connecting;

public sealed class HandshakeTests
{
    private static readonly StartMessage Start = new(
        Handshake.ProtocolVersion,
        Guid.NewGuid(),
        "",
        new byte[32],
        "parent",
        default,
        [typeof(Handshake).Assembly.FullName!, typeof(HandshakeTests).Assembly.FullName!],
        "",
        default
    );

    [Fact]
    public async Task Handshake_SameSecret_ConvincesBothEnds() => await ShakeAsync(Start, Start);

    /// <summary>
    /// The parent says what is wrong; the child, to which no proof of the parent can hold either, takes its answer for
    /// a stranger's.
    /// </summary>
    [Fact]
    public async Task Handshake_WrongNonce_IsRefusedByEachEndForItself()
    {
        (LinkRefusedException? ours, LinkRefusedException? theirs) = await RefusalsAsync(
            Start,
            Start with
            {
                Nonce = [.. Enumerable.Repeat((byte)1, 32)],
            }
        );
        Assert.Contains("proof is wrong", ours.Message);
        Assert.Contains("could not prove that it started this child", theirs.Message);
        Assert.Equal((!PeerCredentials.AreKnown, true), (ours.MayRetry, theirs.MayRetry));
    }

    [Fact]
    public async Task Handshake_OtherIncarnation_IsRefused()
    {
        Guid other = Guid.NewGuid();
        LinkRefusedException refusal = await RefusalOfTheParentAsync(Start, Start with { Incarnation = other });
        Assert.Contains($"'{other}'", refusal.Message);
        Assert.Contains($"'{Start.Incarnation}'", refusal.Message);
    }

    [Fact]
    public async Task Handshake_OtherProtocolVersion_NamesBoth()
    {
        LinkRefusedException refusal = await RefusalOfTheParentAsync(Start with { ProtocolVersion = 99 }, Start);
        Assert.Contains("'99'", refusal.Message);
        Assert.Contains($"'{Handshake.ProtocolVersion}'", refusal.Message);
    }

    [Fact]
    public async Task Handshake_AssemblyThatTheChildDoesNotHave_IsRefusedByName()
    {
        LinkRefusedException refusal = await RefusalOfTheParentAsync(
            Start with
            {
                Assemblies = ["Missing, Version=1.0.0.0"],
            },
            Start
        );
        Assert.Contains("'Missing, Version=1.0.0.0'", refusal.Message);
    }

    [Fact]
    public async Task Handshake_OtherBuild_NamesBothBuilds()
    {
        (Socket? parent, Socket? child) = Pair();
        using (parent)
        using (child)
        {
            ModuleVersion[] modules = Start
                .Assemblies.Select(name => new ModuleVersion(name, new Guid(7, 0, 0, [0, 0, 0, 0, 0, 0, 0, 0])))
                .ToArray();
            HandshakeFrames.Write(
                child,
                new ChildHello(Handshake.ProtocolVersion, Start.Incarnation, modules).Encode(Start.Nonce)
            );
            LinkRefusedException refusal = await Assert.ThrowsAsync<LinkRefusedException>(() =>
                Task.Run(() => Handshake.Receive(parent, Start))
            );
            Assert.Contains("'00000007-0000-0000-0000-000000000000'", refusal.Message);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task Handshake_StrangerThatWelcomesOrRefuses_IsLeftByTheChild_WhichTriesAgain(byte answer)
    {
        (Socket? parent, Socket? child) = Pair();
        using (parent)
        using (child)
        {
            Task sending = Task.Run(() => Handshake.Send(child, Start));
            HandshakeFrames.Write(parent, [answer, .. new byte[HandshakeProof.Length], .. "Another build."u8]);
            LinkRefusedException refusal = await Assert.ThrowsAsync<LinkRefusedException>(() =>
                sending.WaitAsync(CollectingPeer.Guard)
            );
            Assert.Equal((true, true), (refusal.IsByStranger, refusal.MayRetry));
        }
    }

    [Fact]
    public void Frame_LongerThanAgreed_IsNotAllocated()
    {
        (Socket? parent, Socket? child) = Pair();
        using (parent)
        using (child)
        {
            child.Send(BitConverter.GetBytes(int.MaxValue));
            Assert.Throws<LinkProtocolException>(() => HandshakeFrames.Read(parent));
        }
    }

    /// <summary>Both ends say the same of a refusal that the parent has proven, and it is final to both.</summary>
    private static async Task<LinkRefusedException> RefusalOfTheParentAsync(
        StartMessage parentStart,
        StartMessage childStart
    )
    {
        (LinkRefusedException? ours, LinkRefusedException? theirs) = await RefusalsAsync(parentStart, childStart);
        Assert.Equal((ours.Message, false, false), (theirs.Message, ours.MayRetry, theirs.MayRetry));
        return ours;
    }

    /// <summary>What each end says; which of them is first is a matter of chance.</summary>
    private static async Task<(LinkRefusedException Ours, LinkRefusedException Theirs)> RefusalsAsync(
        StartMessage parentStart,
        StartMessage childStart
    )
    {
        (Socket? parent, Socket? child) = Pair();
        using (parent)
        using (child)
        {
            Task sending = Task.Run(() => Handshake.Send(child, childStart));
            Task receiving = Task.Run(() => Handshake.Receive(parent, parentStart));
            return (
                await Assert.ThrowsAsync<LinkRefusedException>(() => receiving.WaitAsync(CollectingPeer.Guard)),
                await Assert.ThrowsAsync<LinkRefusedException>(() => sending.WaitAsync(CollectingPeer.Guard))
            );
        }
    }

    private static async Task ShakeAsync(StartMessage parentStart, StartMessage childStart)
    {
        (Socket? parent, Socket? child) = Pair();
        using (parent)
        using (child)
        {
            Task sending = Task.Run(() => Handshake.Send(child, childStart));
            Task receiving = Task.Run(() => Handshake.Receive(parent, parentStart));
            await Task.WhenAll(sending, receiving).WaitAsync(CollectingPeer.Guard);
        }
    }

    private static (Socket Parent, Socket Child) Pair()
    {
        SocketPair pair = new();
        return (pair.Parent, pair.Child);
    }
}
