using System.Buffers;
using EventDrivenActors.Wire.Payloads;

namespace EventDrivenActors.Wire.Protocol;

/// <content>Reading messages.</content>
internal static partial class MessageCodec
{
    /// <summary>
    /// Reads the one message that the bytes are. Payloads in it are slices of <paramref name="bytes"/>.
    /// </summary>
    /// <exception cref="WireFormatException">The bytes are not one message.</exception>
    public static WireMessage Decode(ReadOnlyMemory<byte> bytes)
    {
        WireReader reader = new WireReader(bytes);
        WireMessage message = Read(ref reader);
        reader.RequireEnd();
        return message;
    }

    /// <summary>Reads a <see cref="WireMessage.Settled"/> of a call that completed, without making one.</summary>
    /// <returns>Whether it is one; else <see cref="Decode"/> says what it is.</returns>
    /// <exception cref="WireFormatException">It is none as it should be.</exception>
    public static bool TryReadCompleted(ReadOnlyMemory<byte> bytes, out long id, out ReadOnlyMemory<byte> payload)
    {
        id = 0;
        payload = default;
        if (bytes.IsEmpty || bytes.Span[0] != (byte)MessageKind.Settled)
        {
            return false;
        }

        WireReader reader = new WireReader(bytes[1..]);
        id = reader.ReadVarInt();
        if (reader.ReadByte() != (byte)OutcomeKind.Completed)
        {
            return false;
        }

        payload = reader.ReadBytes();
        if (reader.ReadFlag())
        {
            return false;
        }

        reader.RequireEnd();
        return true;
    }

    private static WireMessage Read(ref WireReader reader)
    {
        MessageKind kind = (MessageKind)reader.ReadByte();
        return kind switch
        {
            MessageKind.Call => new WireMessage.Call(
                reader.ReadVarInt(),
                reader.ReadInt32(),
                reader.ReadBytes(),
                reader.ReadInt32(),
                reader.ReadVarInt(),
                reader.ReadFlag(),
                reader.ReadInt32()
            ),
            MessageKind.DefineMethod => new WireMessage.DefineMethod(
                reader.ReadInt32(),
                MethodReferenceCodec.Read(ref reader)
            ),
            MessageKind.Cancel => new WireMessage.Cancel(reader.ReadVarInt(), reader.ReadVarInt()),
            MessageKind.Progress => new WireMessage.Progress(reader.ReadVarInt(), reader.ReadBytes()),
            MessageKind.ProgressTaken => new WireMessage.ProgressTaken(reader.ReadVarInt()),
            MessageKind.Withdraw => new WireMessage.Withdraw(reader.ReadVarInt()),
            MessageKind.Suspend => new WireMessage.Suspend(),
            MessageKind.Resume => new WireMessage.Resume(),
            MessageKind.Drain => new WireMessage.Drain(reader.ReadVarInt()),
            MessageKind.Ready => new WireMessage.Ready(reader.ReadInt32()),
            MessageKind.SetupFailed => new WireMessage.SetupFailed(RemoteFailureCodec.Read(ref reader)),
            MessageKind.Started => new WireMessage.Started(reader.ReadVarInt()),
            MessageKind.Settled => ReadSettled(ref reader),
            MessageKind.Raise => new WireMessage.Raise(reader.ReadBytes()),
            MessageKind.RaiseTaken => new WireMessage.RaiseTaken(reader.ReadVarInt(), reader.ReadFlag()),
            MessageKind.Logged => new WireMessage.Logged(
                ReadLevel(ref reader),
                reader.ReadText(),
                reader.ReadText(),
                ReadFailure(ref reader)
            ),
            MessageKind.Ended => new WireMessage.Ended(reader.ReadVarInt()),
            MessageKind.Suspended => new WireMessage.Suspended(),
            MessageKind.Leaving => new WireMessage.Leaving(),
            MessageKind.DefineObject => new WireMessage.DefineObject(
                reader.ReadInt32(),
                reader.ReadText(),
                reader.ReadText()
            ),
            MessageKind.DefineMember => new WireMessage.DefineMember(
                reader.ReadInt32(),
                reader.ReadInt32(),
                MethodReferenceCodec.Read(ref reader)
            ),
            MessageKind.ObjectCall => new WireMessage.ObjectCall(
                reader.ReadVarInt(),
                reader.ReadVarInt(),
                reader.ReadInt32(),
                reader.ReadBytes(),
                reader.ReadVarInt(),
                reader.ReadInt32()
            ),
            _ => throw new WireFormatException(
                $"The message kind '{(byte)kind}' at {reader.Position - 1} is not known; parent and child must run "
                    + "the same build."
            ),
        };
    }

    private static void WriteSettled(IBufferWriter<byte> writer, WireMessage.Settled settled)
    {
        Number(writer, MessageKind.Settled, settled.Id);
        writer.WriteByte((byte)settled.Kind);
        writer.WriteBytes(settled.Payload.Span);
        WriteFailure(writer, settled.Failure);
    }

    private static void WriteFailure(IBufferWriter<byte> writer, RemoteFailure? failure)
    {
        writer.WriteByte(failure is null ? (byte)0 : (byte)1);
        if (failure is not null)
        {
            RemoteFailureCodec.Write(writer, failure);
        }
    }

    private static RemoteFailure? ReadFailure(ref WireReader reader) =>
        reader.ReadFlag() ? RemoteFailureCodec.Read(ref reader) : null;

    private static WireMessage.Settled ReadSettled(ref WireReader reader)
    {
        WireMessage.Settled settled = new(
            reader.ReadVarInt(),
            ReadOutcome(ref reader),
            reader.ReadBytes(),
            ReadFailure(ref reader)
        );
        return settled.Failure is null == (settled.Kind != OutcomeKind.Faulted)
            ? settled
            : throw new WireFormatException(
                $"The outcome '{settled.Kind}' comes {(settled.Failure is null ? "without" : "with")} a failure."
            );
    }

    private static OutcomeKind ReadOutcome(ref WireReader reader)
    {
        OutcomeKind kind = (OutcomeKind)reader.ReadByte();
        return kind <= OutcomeKind.TimedOut
            ? kind
            : throw new WireFormatException(
                $"The outcome '{(byte)kind}' at {reader.Position - 1} is not known; parent and child must run the "
                    + "same build."
            );
    }

    private static ChildLogLevel ReadLevel(ref WireReader reader)
    {
        ChildLogLevel level = (ChildLogLevel)reader.ReadByte();
        return level < ChildLogLevel.None
            ? level
            : throw new WireFormatException(
                $"The log level '{(byte)level}' at {reader.Position - 1} is not known; parent and child must run the "
                    + "same build."
            );
    }

    private static void Kind(IBufferWriter<byte> writer, MessageKind kind) => writer.WriteByte((byte)kind);

    private static void Number(IBufferWriter<byte> writer, MessageKind kind, long value)
    {
        writer.WriteByte((byte)kind);
        writer.WriteVarInt(value);
    }
}
