using System.Runtime.CompilerServices;
using Hyperion;

namespace EventDrivenActors.Subprocess.Wire;

/// <summary>Objects as Hyperion's bytes, checked before writing and scanned before reading. Any thread.</summary>
internal sealed class GraphCodec(TypeFilter filter, int maxBytes)
{
    private readonly TypeShapes _shapes = new(filter);

    // Made for the first object: Hyperion compiles code of its own for each primitive type, and a child whose calls hold none starts without that.
    private readonly Lazy<Serializer> _serializer = new(() => MakeSerializer(filter));

    public void Write(PayloadBuffer buffer, object value)
    {
        new GraphChecker(filter, _shapes, maxBytes).Check(value);
        var serializer = _serializer.Value;
        var session = serializer.GetSerializerSession();

        // Hyperion takes two objects that are Equal for one: it would merge mutable objects, and asking a cyclic record for its hash
        // code ends the process. Sameness has to mean identity.
        ObjectNumbers(session) = new Dictionary<object, int>(ReferenceEqualityComparer.Instance);
        serializer.Serialize(value, buffer, session);
    }

    public object? Read(ReadOnlyMemory<byte> bytes)
    {
        new PayloadScanner(bytes.Span, filter, _shapes).Scan();
        return _serializer.Value.Deserialize(new SliceStream(bytes));
    }

    private static Serializer MakeSerializer(TypeFilter filter) => new(new SerializerOptions(
        versionTolerance: false,
        preserveObjectReferences: true,
        surrogates: null,
        serializerFactories: [new ReplacedTypes()],
        knownTypes: null,
        ignoreISerializable: true,
        packageNameOverrides: null,
        disallowUnsafeTypes: true,
        typeFilter: filter));

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_objects")]
    private static extern ref Dictionary<object, int> ObjectNumbers(SerializerSession session);
}
