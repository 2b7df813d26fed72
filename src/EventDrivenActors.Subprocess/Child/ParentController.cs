using System.Buffers;
using EventDrivenActors.Wire.Calls;
using EventDrivenActors.Wire.Payloads;
using EventDrivenActors.Wire.Protocol;

namespace EventDrivenActors.Subprocess.Child;

/// <summary>The parent's controller, to handlers in the child.</summary>
internal sealed class ParentController(CallerOutbox outbox, EventPayloadCodec events, RaiseGate gate)
    : IParentController
{
    public void Dispatch(object key, object? value = null, object?[]? args = null)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArrayBufferWriter<byte> writer = new(128);
        try
        {
            events.Write(writer, new EventPayload(key is EventKey typed ? typed.Name : key, value, args ?? [], []));
        }
        catch (PayloadException refused)
        {
            throw new PayloadRefusedException(refused.Message, refused);
        }

        gate.TakePlace(key);
        try
        {
            outbox.Send(new WireMessage.Raise(writer.WrittenMemory));
        }
        catch
        {
            gate.GiveBack();
            throw;
        }
    }
}
