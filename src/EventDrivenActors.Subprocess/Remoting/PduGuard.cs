using System.Text;
using Akka.Actor;

namespace EventDrivenActors.Subprocess.Remoting;

/// <summary>Lets only those PDUs through by which Akka.Remote introduces the two ends; no message passes.</summary>
/// <remarks>
/// Akka deserializes before it looks at the recipient, and obeys system messages, selections and remote deployment; so
/// the bytes are judged before Akka sees them. A field that is repeated, not known or of another type makes a PDU
/// unsound, because a parser might read it otherwise than this class does. Field numbers are those of Akka's
/// WireFormats.proto and ContainerFormats.proto.
/// </remarks>
/// <param name="remoteSystem">The name under which the other end may introduce itself.</param>
/// <param name="onDropped">Gets the number of PDUs dropped so far, at each.</param>
internal sealed class PduGuard(string remoteSystem, Action<long>? onDropped = null)
{
    private const ulong Associate = 1;
    private const ulong Beat = 3;
    private const ulong LastCommand = 5;

    private readonly Address _remote = LinkAddresses.Full(remoteSystem);
    private readonly byte[] _remoteSystem = Encoding.UTF8.GetBytes(remoteSystem);

    // Any thread, by interlocked operations.
    private long _dropped;

    /// <summary>How many PDUs were dropped.</summary>
    public long Dropped => Volatile.Read(ref _dropped);

    /// <summary>Whether Akka says something to the other end's Akka, and not to an actor. Of what Akka has
    /// written.</summary>
    public static bool IsInstruction(ReadOnlySpan<byte> pdu)
    {
        ProtoFields fields = new ProtoFields(pdu);
        return fields.Next() && fields.Field == 2;
    }

    /// <summary>Judges a PDU; counts it when Akka is not to see it.</summary>
    public PduVerdict Judge(ReadOnlySpan<byte> pdu)
    {
        // AkkaProtocolMessage: payload = 1, instruction = 2.
        ProtoFields fields = new ProtoFields(pdu);
        if (
            fields.Next()
            && fields.Field == 2
            && fields.IsBytes
            && IsInstruction(fields.Value, out ulong command)
            && IsLast(ref fields)
        )
        {
            return command is Associate or Beat ? PduVerdict.Instruction : PduVerdict.Farewell;
        }

        LinkMetrics.DroppedPdus.Add(1);
        long dropped = Interlocked.Increment(ref _dropped);
        onDropped?.Invoke(dropped);
        return PduVerdict.Dropped;
    }

    // AkkaControlMessage: commandType = 1, handshakeInfo = 2.
    private bool IsInstruction(ReadOnlySpan<byte> instruction, out ulong command)
    {
        command = 0;
        ProtoFields fields = new ProtoFields(instruction);
        if (!fields.Next() || fields.Field != 1 || !fields.IsVarint || fields.Number is < Associate or > LastCommand)
        {
            return false;
        }

        command = fields.Number;
        if (command != Associate)
        {
            return IsLast(ref fields);
        }

        return fields.Next()
            && fields.Field == 2
            && fields.IsBytes
            && IsIntroduction(fields.Value)
            && IsLast(ref fields);
    }

    // AkkaHandshakeInfo: origin = 1, uid = 2.
    private bool IsIntroduction(ReadOnlySpan<byte> handshake)
    {
        int seen = 0;
        ProtoFields fields = new ProtoFields(handshake);
        while (fields.Next())
        {
            if (
                !Once(ref seen, fields.Field, 2)
                || !(fields.Field == 1 ? fields.IsBytes && IsOrigin(fields.Value) : fields.IsFixed64)
            )
            {
                return false;
            }
        }
        return fields.IsSound && (seen & 0b10) != 0;
    }

    // AddressData: system = 1, hostname = 2, port = 3, protocol = 4. Under another address Akka would answer to where
    // nobody is.
    private bool IsOrigin(ReadOnlySpan<byte> origin)
    {
        int seen = 0;
        ProtoFields fields = new ProtoFields(origin);
        while (fields.Next())
        {
            bool sound =
                Once(ref seen, fields.Field, 4)
                && fields.Field switch
                {
                    1 => fields.IsBytes && fields.Value.SequenceEqual(_remoteSystem),
                    2 => fields.IsBytes && Ascii.Equals(fields.Value, _remote.Host),
                    3 => fields.IsVarint && fields.Number == (ulong)_remote.Port!.Value,
                    _ => fields.IsBytes
                        && (
                            Ascii.Equals(fields.Value, _remote.Protocol)
                            || Ascii.Equals(fields.Value, LinkAddresses.Scheme)
                        ),
                };
            if (!sound)
            {
                return false;
            }
        }
        return fields.IsSound && seen == 0b11110;
    }

    private static bool IsLast(ref ProtoFields fields) => !fields.Next() && fields.IsSound;

    private static bool Once(ref int seen, int field, int highest)
    {
        if (field < 1 || field > highest || (seen & (1 << field)) != 0)
        {
            return false;
        }

        seen |= 1 << field;
        return true;
    }
}
