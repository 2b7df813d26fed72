using System.Buffers.Binary;
using System.Text;

namespace EventDrivenActors.Subprocess.Wire;

/// <summary>
/// Walks Hyperion's bytes before Hyperion does, without creating anything: every length against the bytes that remain, every type
/// against the filter, depth against the bound. Hyperion itself allocates what a length claims before it looks for the bytes.
/// </summary>
internal ref struct PayloadScanner(ReadOnlySpan<byte> bytes, TypeFilter filter, TypeShapes shapes)
{
    // Deeper than what a writer may send: entries and nullables add levels that the writer's checker does not count.
    private const int MaxDepth = (2 * GraphChecker.MaxDepth) + 16;

    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private readonly List<TypeShape> _types = [];
    private int _position;

    private readonly int Remaining => _bytes.Length - _position;

    /// <exception cref="PayloadException">The bytes are not those of one allowed value.</exception>
    public void Scan()
    {
        Value(1, slot: null);
        if (Remaining != 0)
        {
            throw Broken($"{Remaining} bytes are left over");
        }
    }

    private void Value(int depth, Type? slot)
    {
        if (depth > MaxDepth)
        {
            throw Broken($"objects are nested more than {MaxDepth} deep");
        }

        var manifest = Take(1)[0];

        // A null or a reference takes few bytes and would stand for a whole struct.
        if (slot is { IsValueType: true } && manifest is HyperionFormat.Null or HyperionFormat.Reference && Nullable.GetUnderlyingType(slot!) is null)
        {
            throw Broken($"a value of type '{slot}' is missing");
        }

        switch (manifest)
        {
            case HyperionFormat.Null or HyperionFormat.PlainObject:
                break;
            case HyperionFormat.ByteArray:
                Take(Length());
                break;
            case HyperionFormat.PrimitiveArray:
                PrimitiveArray();
                break;
            case HyperionFormat.Reference:
                Take(sizeof(int));
                break;
            case HyperionFormat.TypeIndex:
                var index = BinaryPrimitives.ReadUInt16LittleEndian(Take(sizeof(ushort)));
                Body(index < _types.Count ? _types[index] : throw Broken($"the type number '{index}' was not defined"), depth);
                break;
            case HyperionFormat.TypeName:
                Body(Define(), depth);
                break;
            default:
                Bare(HyperionFormat.SizeOf(manifest) ?? throw Broken($"the manifest '{manifest}' is not allowed"));
                break;
        }
    }

    private void Body(TypeShape shape, int depth)
    {
        switch (shape.Kind)
        {
            case ShapeKind.Fields:
                foreach (var field in shape.Fields)
                {
                    if (field.BareSize is { } size)
                    {
                        Bare(size);
                    }
                    else
                    {
                        Value(depth + 1, field.Field.FieldType);
                    }
                }

                break;
            case ShapeKind.Sequence or ShapeKind.Entries:
                var count = Length();
                for (var i = 0; i < count; i++)
                {
                    Value(depth + 1, shape.Element);
                }

                break;
            case ShapeKind.Replaced:
                Value(depth + 1, slot: null);
                break;
            default:
                throw Broken($"the type '{shape.Type}' cannot be written this way");
        }
    }

    private TypeShape Define()
    {
        var name = Encoding.UTF8.GetString(Take(Length()));
        var shape = shapes.Of(filter.Resolve(name) ?? throw Broken($"the type '{name}' is not allowed to cross; allow it with AllowType on both ends"));
        _types.Add(shape);
        return shape;
    }

    private void PrimitiveArray()
    {
        var manifest = Take(1)[0];
        var size = HyperionFormat.SizeOf(manifest) ?? throw Broken($"the element manifest '{manifest}' is not allowed");
        var count = Length();
        if (size != HyperionFormat.StringSize)
        {
            Take((long)count * size);
            return;
        }

        for (var i = 0; i < count; i++)
        {
            Text();
        }
    }

    private void Bare(int size)
    {
        if (size == HyperionFormat.StringSize)
        {
            Text();
        }
        else
        {
            Take(size);
        }
    }

    private void Text()
    {
        var first = Take(1)[0];
        if (first != 0)
        {
            Take(first == byte.MaxValue ? Length() : first - 1);
        }
    }

    private int Length()
    {
        var length = BinaryPrimitives.ReadInt32LittleEndian(Take(sizeof(int)));
        return length >= 0 && length <= Remaining ? length : throw Broken($"a length of '{length}' is claimed where {Remaining} bytes remain");
    }

    private ReadOnlySpan<byte> Take(long length)
    {
        if (length > Remaining)
        {
            throw Broken($"{length} bytes are needed where {Remaining} remain");
        }

        _position += (int)length;
        return _bytes.Slice(_position - (int)length, (int)length);
    }

    private readonly PayloadException Broken(string why) =>
        new($"The payload was refused before it was read: at byte {_position}, {why}.");
}
