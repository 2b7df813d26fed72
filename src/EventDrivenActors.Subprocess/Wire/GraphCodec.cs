using System.Runtime.CompilerServices;
using Hyperion;

namespace EventDrivenActors.Subprocess.Wire;

/// <summary>Objects as Hyperion's bytes, checked before writing and scanned before reading. Any thread.</summary>
internal sealed class GraphCodec(TypeFilter filter, int maxBytes)
{
    private readonly TypeShapes _shapes = new(filter);
    private readonly Serializer _serializer = new(new SerializerOptions(
        versionTolerance: false,
        preserveObjectReferences: true,
        surrogates: null,
        serializerFactories: [new ReplacedTypes()],
        knownTypes: null,
        ignoreISerializable: true,
        packageNameOverrides: null,
        disallowUnsafeTypes: true,
        typeFilter: filter));

    public void Write(PayloadBuffer buffer, object value)
    {
        new GraphChecker(filter, _shapes, maxBytes).Check(value);
        var session = _serializer.GetSerializerSession();

        // Hyperion takes two objects that are Equal for one: it would merge mutable objects, and asking a cyclic record for its hash
        // code ends the process. Sameness has to mean identity.
        ObjectNumbers(session) = new Dictionary<object, int>(ReferenceEqualityComparer.Instance);
        _serializer.Serialize(value, buffer, session);
    }

    public object? Read(ReadOnlyMemory<byte> bytes)
    {
        new PayloadScanner(bytes.Span, filter, _shapes).Scan();
        return _serializer.Deserialize(new SliceStream(bytes));
    }

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_objects")]
    private static extern ref Dictionary<object, int> ObjectNumbers(SerializerSession session);
}
