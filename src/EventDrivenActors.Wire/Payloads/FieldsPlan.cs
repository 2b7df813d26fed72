using System.Reflection;
using System.Reflection.Emit;

namespace EventDrivenActors.Wire.Payloads;

/// <summary>All fields of a type, private and inherited ones too, in a fixed order; compiled once.</summary>
internal sealed class FieldsPlan<T>
{
    private readonly Slot[] _slots;
    private readonly Writer _write;
    private readonly Reader _read;

    public FieldsPlan(FieldInfo[] fields, Slot[] slots)
    {
        _slots = slots;
        Names = fields;
        MinSize = Math.Max(1, slots.Sum(slot => slot.MinSize));
        IsLeaf = Array.TrueForAll(slots, slot => slot.IsLeaf);
        _write = CompileWriter(fields, slots);
        _read = CompileReader(fields);
    }

    private delegate void Writer(Slot[] slots, GraphWriter writer, ref T value);

    private delegate void Reader(Slot[] slots, GraphReader graph, ref WireReader reader, ref T value);

    public FieldInfo[] Names { get; }

    public int MinSize { get; }

    public bool IsLeaf { get; }

    public void Write(GraphWriter writer, ref T value) => _write(_slots, writer, ref value);

    public void Read(GraphReader graph, ref WireReader reader, ref T value) =>
        _read(_slots, graph, ref reader, ref value);

    private static Writer CompileWriter(FieldInfo[] fields, Slot[] slots)
    {
        DynamicMethod method = new(
            "Write",
            null,
            [typeof(Slot[]), typeof(GraphWriter), typeof(T).MakeByRefType()],
            typeof(GraphWriter).Module,
            skipVisibility: true
        );
        ILGenerator il = method.GetILGenerator();
        for (int i = 0; i < fields.Length; i++)
        {
            if (!slots[i].IsLeaf)
            {
                il.Emit(OpCodes.Ldarg_1);
                il.Emit(OpCodes.Ldc_I4, i);
                il.Emit(OpCodes.Call, typeof(GraphWriter).GetMethod(nameof(GraphWriter.Step), [typeof(int)])!);
            }

            LoadSlot(il, i);
            il.Emit(OpCodes.Ldarg_1);
            il.Emit(OpCodes.Ldarg_2);
            LoadField(il, fields[i]);
            il.Emit(OpCodes.Callvirt, SlotMethod(fields[i], nameof(Slot<int>.Write)));
        }

        il.Emit(OpCodes.Ret);
        return method.CreateDelegate<Writer>();
    }

    // Through the address of a field also one is written that is read-only to C#.
    private static Reader CompileReader(FieldInfo[] fields)
    {
        DynamicMethod method = new(
            "Read",
            null,
            [typeof(Slot[]), typeof(GraphReader), typeof(WireReader).MakeByRefType(), typeof(T).MakeByRefType()],
            typeof(GraphReader).Module,
            skipVisibility: true
        );
        ILGenerator il = method.GetILGenerator();
        for (int i = 0; i < fields.Length; i++)
        {
            LoadSlot(il, i);
            il.Emit(OpCodes.Ldarg_1);
            il.Emit(OpCodes.Ldarg_2);
            il.Emit(OpCodes.Ldarg_3);
            LoadField(il, fields[i]);
            il.Emit(OpCodes.Callvirt, SlotMethod(fields[i], nameof(Slot<int>.Read)));
        }

        il.Emit(OpCodes.Ret);
        return method.CreateDelegate<Reader>();
    }

    private static void LoadSlot(ILGenerator il, int i)
    {
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldc_I4, i);
        il.Emit(OpCodes.Ldelem_Ref);
    }

    private static void LoadField(ILGenerator il, FieldInfo field)
    {
        if (!typeof(T).IsValueType)
        {
            il.Emit(OpCodes.Ldind_Ref);
        }

        il.Emit(OpCodes.Ldflda, field);
    }

    private static MethodInfo SlotMethod(FieldInfo field, string name) =>
        typeof(Slot<>).MakeGenericType(field.FieldType).GetMethod(name)!;
}
