using System.Text;

namespace EventDrivenActors.Subprocess.Link;

/// <summary>Lets through what Akka.Remote needs between the two link actors, and nothing else.</summary>
/// <remarks>
/// Akka deserializes before it looks at the recipient, and obeys system messages, selections and remote deployment; so the bytes are judged before
/// Akka sees them. A field that is repeated or not known makes a PDU unsound, because a parser might read it otherwise than this class does.
/// Field numbers are those of Akka's WireFormats.proto and ContainerFormats.proto.
/// </remarks>
/// <param name="recipient">The whole path of the local link actor.</param>
/// <param name="remoteSystem">The name under which the other end may introduce itself.</param>
internal sealed class PduGuard(string recipient, string remoteSystem)
{
    private readonly byte[] _recipient = Encoding.UTF8.GetBytes(recipient);
    private readonly byte[] _remoteSystem = Encoding.UTF8.GetBytes(remoteSystem);
    private long _dropped;

    /// <summary>How many PDUs were dropped.</summary>
    public long Dropped => Volatile.Read(ref _dropped);

    /// <summary>Whether a PDU may go up to Akka; counts it otherwise.</summary>
    public bool Admits(ReadOnlySpan<byte> pdu)
    {
        if (IsOurs(pdu))
            return true;
        Interlocked.Increment(ref _dropped);
        return false;
    }

    private bool IsOurs(ReadOnlySpan<byte> pdu)
    {
        var fields = new ProtoFields(pdu);
        return fields.Next()
            && fields.Field switch { 1 => IsPayload(fields.Value), 2 => IsInstruction(fields.Value), _ => false }
            && IsLast(ref fields);
    }

    // AkkaControlMessage: commandType = 1, handshakeInfo = 2.
    private bool IsInstruction(ReadOnlySpan<byte> instruction)
    {
        const ulong associate = 1;
        var fields = new ProtoFields(instruction);
        if (!fields.Next() || fields.Field != 1)
            return false;
        if (fields.Number != associate)
            return IsLast(ref fields);
        return fields.Next() && fields.Field == 2 && IsIntroduction(fields.Value) && IsLast(ref fields);
    }

    // AkkaHandshakeInfo: origin = 1 (AddressData: system = 1, hostname = 2, port = 3, protocol = 4), uid = 2.
    private bool IsIntroduction(ReadOnlySpan<byte> handshake)
    {
        var seen = 0;
        var fields = new ProtoFields(handshake);
        while (fields.Next())
        {
            if (!Once(ref seen, fields.Field, 2))
                return false;
            if (fields.Field != 1)
                continue;
            var address = new ProtoFields(fields.Value);
            var seenInAddress = 0;
            while (address.Next())
            {
                if (!Once(ref seenInAddress, address.Field, 4) || (address.Field == 1 && !address.Value.SequenceEqual(_remoteSystem)))
                    return false;
            }
            if (!address.IsSound)
                return false;
        }
        return fields.IsSound && (seen & 2) != 0;
    }

    // AckAndEnvelopeContainer: ack = 1, envelope = 2. Acknowledgements belong to system messages, and none of those may come.
    private bool IsPayload(ReadOnlySpan<byte> payload)
    {
        var fields = new ProtoFields(payload);
        return fields.Next() && fields.Field == 2 && IsEnvelope(fields.Value) && IsLast(ref fields);
    }

    // RemoteEnvelope: recipient = 1 (ActorRefData: path = 1), message = 2, sender = 4, seq = 5.
    private bool IsEnvelope(ReadOnlySpan<byte> envelope)
    {
        var seen = 0;
        var fields = new ProtoFields(envelope);
        while (fields.Next())
        {
            if (!Once(ref seen, fields.Field, 5))
                return false;
            var sound = fields.Field switch
            {
                1 => IsRecipient(fields.Value),
                2 => IsMessage(fields.Value),
                5 => fields.Number == ulong.MaxValue,
                _ => false,
            };
            if (!sound)
                return false;
        }
        return fields.IsSound && (seen & 0b110) == 0b110;
    }

    private bool IsRecipient(ReadOnlySpan<byte> reference)
    {
        var fields = new ProtoFields(reference);
        return fields.Next() && fields.Field == 1 && fields.Value.SequenceEqual(_recipient) && IsLast(ref fields);
    }

    // Payload: message = 1, serializerId = 2; our serializer has no manifest (3).
    private static bool IsMessage(ReadOnlySpan<byte> message)
    {
        var seen = 0;
        var fields = new ProtoFields(message);
        while (fields.Next())
        {
            if (!Once(ref seen, fields.Field, 2) || (fields.Field == 2 && fields.Number != EnvelopeSerializer.Id))
                return false;
        }
        return fields.IsSound && seen == 0b110;
    }

    private static bool IsLast(ref ProtoFields fields) => !fields.Next() && fields.IsSound;

    private static bool Once(ref int seen, int field, int highest)
    {
        if (field < 1 || field > highest || (seen & (1 << field)) != 0)
            return false;
        seen |= 1 << field;
        return true;
    }
}
