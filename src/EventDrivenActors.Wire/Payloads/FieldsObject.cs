using System.Runtime.CompilerServices;

namespace EventDrivenActors.Wire.Payloads;

/// <summary>A class, field by field. No constructor runs where it is read.</summary>
internal sealed class FieldsObject<T>(FieldsPlan<T> plan) : ObjectCodec(typeof(T))
    where T : class
{
    public override void Write(GraphWriter writer, object value)
    {
        writer.Enter(plan.Names);
        T typed = Unsafe.As<T>(value);
        plan.Write(writer, ref typed);
        writer.Exit();
    }

    public override object Read(GraphReader graph, ref WireReader reader, int number)
    {
        T value = Unsafe.As<T>(RuntimeHelpers.GetUninitializedObject(typeof(T)));
        graph.Add(number, value);
        plan.Read(graph, ref reader, ref value);
        return value;
    }
}
