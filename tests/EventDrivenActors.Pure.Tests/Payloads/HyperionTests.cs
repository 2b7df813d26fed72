using EventDrivenActors.Pure.Tests.Protocol;
using EventDrivenActors.Wire.Payloads;
using Hyperion;

namespace EventDrivenActors.Pure.Tests.Payloads;

/// <summary>
/// Hyperion, the object serializer of Akka.NET, beside the codec of the link: the reason why objects do not cross by
/// Hyperion.
/// </summary>
/// <remarks>
/// A row that fails because Hyperion carries its value unchanged is good news: the decision in
/// <c>docs/decisions/0016-payload-codec-and-type-filter.md</c> can then be looked at again.
/// </remarks>
public class HyperionTests
{
    private static readonly PayloadCodec Codec = Wires.Codec(ValueCatalogue.Allowed);
    private static readonly Serializer Hyperion = new(SerializerOptions.Default.WithPreserveObjectReferences(true));

    [Theory]
    [InlineData("text FDFF", "half a surrogate pair")]
    [InlineData("_syncRoot", "a field that it leaves out by its name")]
    [InlineData("_syncRoot as a lock", "a field that it leaves out by its name")]
    [InlineData("fixed buffer", "a struct that is more than its declared fields")]
    [InlineData("sized layout", "a struct that is more than its declared fields")]
    [InlineData("inline array", "a struct that is more than its declared fields")]
    [InlineData("Int32[*] 3", "an array that begins at 1")]
    [InlineData("HashSet`1 ", "a comparer")]
    [InlineData("Dictionary`2 2", "a comparer")]
    [InlineData("ImmutableSortedDictionary`2 1", "a comparer")]
    [InlineData("ConcurrentStack`1 2", "an order")]
    [InlineData("a key that holds its dictionary", "a key that refers back")]
    public void Value_ThatHyperionChanges_ArrivesAsItWas(string start, string kind)
    {
        object[] values =
        [
            .. ValueCatalogue
                .All()
                .Where(pair => pair.Name.StartsWith(start, StringComparison.Ordinal))
                .Select(pair => pair.Value),
        ];

        Assert.True(
            Array.Exists(values, value => Change(value, ByHyperion) is not null),
            $"Hyperion carries {kind} unchanged."
        );
        Assert.All(values, value => Assert.Null(Change(value, ByTheCodec)));
    }

    private static string? Change(object value, Func<object, object?> roundTrip)
    {
        try
        {
            return DeepComparison.Difference(value, roundTrip(value));
        }
        catch (Exception exception)
        {
            return exception.Message;
        }
    }

    private static object? ByTheCodec(object value) => Codec.Read(Codec.Encode(value));

    private static object? ByHyperion(object value)
    {
        using MemoryStream stream = new();
        Hyperion.Serialize(value, stream);
        stream.Position = 0;
        return Hyperion.Deserialize<object>(stream);
    }
}
