using System.Net.Sockets;
using System.Text;
using EventDrivenActors.Subprocess.Transport;
using EventDrivenActors.Wire.Channel;

namespace EventDrivenActors.Subprocess.Connecting;

/// <summary>
/// The handshake on a link's socket. Both halves block, and end by themselves after the socket's receive time-out.
/// </summary>
internal static class Handshake
{
    public const int ProtocolVersion = 1;

    private const byte Welcome = 1;
    private const byte Refusal = 0;

    /// <summary>The parent's half.</summary>
    /// <exception cref="LinkRefusedException">The child was refused, and was told why.</exception>
    public static void Receive(Socket socket, StartMessage start)
    {
        byte[] frame = HandshakeFrames.Read(socket);
        ChildHello? hello = ChildHello.Decode(frame, start.Nonce);
        if (Objection(hello, start) is { } sentence)
        {
            HandshakeFrames.Write(
                socket,
                [
                    Refusal,
                    .. HandshakeProof.Of(start.Nonce, HandshakeProof.Parent, frame),
                    .. Encoding.UTF8.GetBytes(sentence),
                ]
            );
            // Where the kernel has identified the peer, it is the child itself that has no proof.
            throw new LinkRefusedException(sentence, byStranger: hello is null && !PeerCredentials.AreKnown);
        }
        HandshakeFrames.Write(socket, [Welcome, .. HandshakeProof.Of(start.Nonce, HandshakeProof.Parent, frame)]);
    }

    /// <summary>The child's half.</summary>
    /// <exception cref="LinkRefusedException">The parent refused, or could not prove that it is the parent.</exception>
    public static void Send(Socket socket, StartMessage start)
    {
        byte[] hello = new ChildHello(
            ProtocolVersion,
            start.Incarnation,
            start.Assemblies.Select(ModuleVersion.Of).ToArray()
        ).Encode(start.Nonce);
        HandshakeFrames.Write(socket, hello);
        byte[] answer = HandshakeFrames.Read(socket);
        // A refusal is final, so it must be the parent's as well.
        if (
            answer.Length <= HandshakeProof.Length
            || !HandshakeProof.Holds(answer.AsSpan(1, HandshakeProof.Length), start.Nonce, HandshakeProof.Parent, hello)
        )
        {
            throw new LinkRefusedException(
                "The process that listens could not prove that it started this child; the child leaves.",
                byStranger: true
            );
        }

        if (answer[0] != Welcome)
        {
            throw new LinkRefusedException(Encoding.UTF8.GetString(answer.AsSpan(1 + HandshakeProof.Length)));
        }
    }

    private static string? Objection(ChildHello? hello, StartMessage start)
    {
        if (hello is null)
        {
            return "The child was refused because its proof is wrong; only the process that was started may connect.";
        }

        if (hello.ProtocolVersion != start.ProtocolVersion)
        {
            return $"The child was refused because it speaks version '{hello.ProtocolVersion}' of the protocol and "
                + $"the parent version '{start.ProtocolVersion}'; "
                + "deploy one version of EventDrivenActors.Subprocess.";
        }

        if (hello.Incarnation != start.Incarnation)
        {
            return $"The child was refused because it is incarnation '{hello.Incarnation}' and '{start.Incarnation}' "
                + "was started.";
        }

        Dictionary<string, Guid> had = hello.Modules.ToDictionary(module => module.Assembly, module => module.Mvid);
        foreach (string assembly in start.Assemblies)
        {
            Guid ours = ModuleVersion.Of(assembly).Mvid;
            Guid theirs = had.GetValueOrDefault(assembly);
            if (theirs == Guid.Empty)
            {
                return $"The child was refused because it cannot load the assembly '{assembly}'; deploy it beside the "
                    + "application.";
            }

            if (theirs != ours)
            {
                return $"The child was refused because it has build '{theirs}' of the assembly '{assembly}' and the "
                    + $"parent has '{ours}'; deploy one build to both.";
            }
        }
        return null;
    }
}
