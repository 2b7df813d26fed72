using System.Runtime.InteropServices;

namespace EventDrivenActors.Wire.Payloads;

/// <summary>A list, in the form of an array.</summary>
internal sealed class ListObject<T>(ArrayObject<T> elements) : ObjectCodec(typeof(List<T>))
{
    public override void Write(GraphWriter writer, object value) =>
        elements.WriteElements(writer, CollectionsMarshal.AsSpan((List<T>)value));

    public override object Read(GraphReader graph, ref WireReader reader, int number)
    {
        int count = elements.ReadCount(ref reader);
        List<T> list = new List<T>(count);
        graph.Add(number, list);
        CollectionsMarshal.SetCount(list, count);
        elements.Fill(graph, ref reader, CollectionsMarshal.AsSpan(list));
        return list;
    }
}
