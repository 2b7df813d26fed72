using System.Runtime.CompilerServices;

namespace EventDrivenActors.Wire.Payloads;

/// <summary>Reads the objects of one payload; the counterpart of <see cref="GraphWriter"/>.</summary>
internal sealed class GraphReader(TypeTable<ObjectCodec> types)
{
    // A writer does not count what holds nothing, such as a string in the last object.
    private const int MaxDepth = GraphWriter.MaxDepth + 1;

    private readonly List<object?> _objects = [];
    private readonly List<ObjectCodec> _types = [];
    private readonly List<Action> _unfinished = [];
    private int _depth;

    /// <exception cref="WireFormatException">The bytes are not those of an object.</exception>
    public object? ReadRoot(ref WireReader reader)
    {
        ObjectCodec? declared = null;
        object? value = Read(ref reader, typeof(object), ref declared);
        _unfinished.ForEach(finish => finish());
        _unfinished.Clear();
        return value;
    }

    /// <exception cref="WireFormatException">The bytes are not those of an object.</exception>
    public object? Read(ref WireReader reader, Type declaredType, ref ObjectCodec? declared)
    {
        ObjectCodec codec;
        GraphTag tag = (GraphTag)reader.ReadByte();
        switch (tag)
        {
            case GraphTag.Null:
                return null;
            case GraphTag.Reference:
                ulong referred = reader.ReadVarUInt();
                return referred < (ulong)_objects.Count && _objects[(int)referred] is { } known
                    ? known
                    : throw new WireFormatException(
                        $"The object number '{referred}' is referred to before it is there."
                    );
            case GraphTag.Declared:
                codec = declared ??= types.ForReading(declaredType);
                break;
            case GraphTag.NamedType:
                _types.Add(codec = types.ForReading(reader.ReadText()));
                break;
            case GraphTag.NumberedType:
                codec = Numbered(reader.ReadVarUInt());
                break;
            default:
                throw new WireFormatException(
                    $"The tag '{(byte)tag}' of an object is not known; parent and child must run the same build."
                );
        }

        return ReadNew(ref reader, codec);
    }

    /// <summary>Gives a number to an object before its content is read.</summary>
    public void Add(int number, object value) => _objects[number] = value;

    /// <summary>Does something when all objects are read.</summary>
    public void Later(Action finish) => _unfinished.Add(finish);

    private object ReadNew(ref WireReader reader, ObjectCodec codec)
    {
        if (++_depth > MaxDepth)
        {
            throw new WireFormatException($"Objects are nested more than {MaxDepth} deep.");
        }

        RuntimeHelpers.EnsureSufficientExecutionStack();
        int number = -1;
        if (codec.IsTracked)
        {
            number = _objects.Count;
            _objects.Add(null);
        }

        object value = codec.Read(this, ref reader, number);
        if (codec.IsTracked)
        {
            _objects[number] = value;
        }

        _depth--;
        return value;
    }

    private ObjectCodec Numbered(ulong number) =>
        number < (ulong)FrameworkTypes.Numbered ? types.ForReading(FrameworkTypes.Of((int)number))
        : number < (ulong)(FrameworkTypes.Numbered + _types.Count) ? _types[(int)number - FrameworkTypes.Numbered]
        : throw new WireFormatException($"The type number '{number}' was not defined.");
}
