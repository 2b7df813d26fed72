namespace EventDrivenActors.Wire.Payloads;

/// <summary>A table of types of which concrete codecs are made: it gives them their slots.</summary>
internal abstract class SlotTable : TypeTable<ObjectCodec>
{
    public abstract Slot<T> SlotOf<T>();

    public ArrayObject<T> ArrayOf<T>() => new(SlotOf<T>());

    public ArrayObject<KeyValuePair<TKey, TValue>> EntriesOf<TKey, TValue>() =>
        new(new EntrySlot<TKey, TValue>(SlotOf<TKey>(), SlotOf<TValue>()));
}
