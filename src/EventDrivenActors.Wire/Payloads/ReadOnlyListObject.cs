using System.Collections.ObjectModel;

namespace EventDrivenActors.Wire.Payloads;

/// <summary>
/// The type that the compiler makes for <c>[a, b]</c> where a read-only interface is asked for: it arrives as a public
/// one that is as read-only.
/// </summary>
internal sealed class ReadOnlyListObject<T>(ObjectCodec collection) : ObjectCodec(typeof(ReadOnlyCollection<T>))
{
    public override void Write(GraphWriter writer, object value) =>
        collection.Write(writer, new ReadOnlyCollection<T>([.. (IEnumerable<T>)value]));

    public override object Read(GraphReader graph, ref WireReader reader, int number) =>
        collection.Read(graph, ref reader, number);
}
