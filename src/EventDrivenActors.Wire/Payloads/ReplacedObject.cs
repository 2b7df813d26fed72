namespace EventDrivenActors.Wire.Payloads;

/// <summary>A class of the framework in the form of another value, from which it is made again.</summary>
internal sealed class ReplacedObject<TObject, TForm>(
    Type type,
    Slot<TForm> slot,
    Func<TObject, TForm> take,
    Func<TForm, TObject> make,
    Func<TObject, TForm, string?>? refusal = null
) : ObjectCodec(type)
    where TObject : class
{
    public override bool IsMadeLast => true;

    public override void Write(GraphWriter writer, object value)
    {
        TForm? form = take((TObject)value);
        if (refusal?.Invoke((TObject)value, form) is { } why)
        {
            throw writer.Refused(why);
        }

        slot.Write(writer, ref form);
    }

    public override object Read(GraphReader graph, ref WireReader reader, int number)
    {
        TForm form = default!;
        slot.Read(graph, ref reader, ref form);
        return make(form);
    }
}
