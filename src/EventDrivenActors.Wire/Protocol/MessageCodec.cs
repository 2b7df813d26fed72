using System.Buffers;
using EventDrivenActors.Wire.Payloads;

namespace EventDrivenActors.Wire.Protocol;

/// <summary>One message as bytes: its kind, then its fields in the order of the record.</summary>
internal static partial class MessageCodec
{
    public static void Write(IBufferWriter<byte> writer, WireMessage message)
    {
        switch (message)
        {
            case WireMessage.Call call:
                WriteCall(
                    writer,
                    call.Id,
                    call.Token,
                    call.Payload.Span,
                    call.Attempt,
                    call.TimeoutTicks,
                    call.WantsProgress,
                    call.Slot
                );
                break;
            case WireMessage.DefineMethod define:
                Kind(writer, MessageKind.DefineMethod);
                writer.WriteVarInt(define.Token);
                MethodReferenceCodec.Write(writer, define.Method);
                break;
            case WireMessage.Cancel cancel:
                Number(writer, MessageKind.Cancel, cancel.Id);
                writer.WriteVarInt(cancel.Number);
                break;
            case WireMessage.Progress progress:
                Number(writer, MessageKind.Progress, progress.Id);
                writer.WriteBytes(progress.Payload.Span);
                break;
            case WireMessage.ProgressTaken taken:
                Number(writer, MessageKind.ProgressTaken, taken.Id);
                break;
            case WireMessage.Withdraw withdraw:
                Number(writer, MessageKind.Withdraw, withdraw.Calls);
                break;
            case WireMessage.Suspend:
                Kind(writer, MessageKind.Suspend);
                break;
            case WireMessage.Resume:
                Kind(writer, MessageKind.Resume);
                break;
            case WireMessage.Drain drain:
                Number(writer, MessageKind.Drain, drain.DeadlineMs);
                break;
            case WireMessage.Ready ready:
                Number(writer, MessageKind.Ready, ready.ProcessId);
                break;
            case WireMessage.SetupFailed failed:
                Kind(writer, MessageKind.SetupFailed);
                RemoteFailureCodec.Write(writer, failed.Failure);
                break;
            case WireMessage.Started started:
                Number(writer, MessageKind.Started, started.Id);
                break;
            case WireMessage.Settled settled:
                WriteSettled(writer, settled);
                break;
            case WireMessage.Raise raise:
                Kind(writer, MessageKind.Raise);
                writer.WriteBytes(raise.Payload.Span);
                break;
            case WireMessage.RaiseTaken taken:
                Number(writer, MessageKind.RaiseTaken, taken.Taken);
                writer.WriteByte(taken.Full ? (byte)1 : (byte)0);
                break;
            case WireMessage.Logged logged:
                Kind(writer, MessageKind.Logged);
                writer.WriteByte((byte)logged.Level);
                writer.WriteText(logged.Source);
                writer.WriteText(logged.Text);
                WriteFailure(writer, logged.Cause);
                break;
            case WireMessage.Ended ended:
                Number(writer, MessageKind.Ended, ended.Id);
                break;
            case WireMessage.Suspended:
                Kind(writer, MessageKind.Suspended);
                break;
            case WireMessage.Leaving:
                Kind(writer, MessageKind.Leaving);
                break;
            case WireMessage.DefineObject define:
                Kind(writer, MessageKind.DefineObject);
                writer.WriteVarInt(define.Token);
                writer.WriteText(define.Interface);
                writer.WriteText(define.Implementation);
                break;
            case WireMessage.DefineMember define:
                Kind(writer, MessageKind.DefineMember);
                writer.WriteVarInt(define.Token);
                writer.WriteVarInt(define.ObjectToken);
                MethodReferenceCodec.Write(writer, define.Member);
                break;
            case WireMessage.ObjectCall call:
                Number(writer, MessageKind.ObjectCall, call.Id);
                writer.WriteVarInt(call.ObjectId);
                writer.WriteVarInt(call.Token);
                writer.WriteBytes(call.Payload.Span);
                writer.WriteVarInt(call.TimeoutTicks);
                writer.WriteVarInt(call.Slot);
                break;
            default:
                throw new ArgumentException(
                    $"'{message.GetType()}' has no wire format; add it to MessageCodec.",
                    nameof(message)
                );
        }
    }

    /// <summary>Writes a <see cref="WireMessage.Call"/>.</summary>
    public static void WriteCall(
        IBufferWriter<byte> writer,
        long id,
        int token,
        ReadOnlySpan<byte> payload,
        int attempt,
        long timeoutTicks,
        bool wantsProgress,
        int slot
    )
    {
        Number(writer, MessageKind.Call, id);
        writer.WriteVarInt(token);
        writer.WriteBytes(payload);
        writer.WriteVarInt(attempt);
        writer.WriteVarInt(timeoutTicks);
        writer.WriteByte(wantsProgress ? (byte)1 : (byte)0);
        writer.WriteVarInt(slot);
    }

    /// <summary>Writes a <see cref="WireMessage.Started"/>.</summary>
    public static void WriteStarted(IBufferWriter<byte> writer, long id) => Number(writer, MessageKind.Started, id);

    /// <summary>
    /// Writes a <see cref="WireMessage.Settled"/> of a call that completed. If a result cannot cross, the writer holds
    /// a part of the message.
    /// </summary>
    /// <exception cref="PayloadException">A result cannot cross.</exception>
    public static void WriteCompleted(
        IBufferWriter<byte> writer,
        long id,
        IReadOnlyList<object?> results,
        PayloadCodec codec
    )
    {
        Number(writer, MessageKind.Settled, id);
        writer.WriteByte((byte)OutcomeKind.Completed);
        codec.WriteBytes(writer, results);
        WriteFailure(writer, null);
    }
}
