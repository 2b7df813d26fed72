using System.Net;
using EventDrivenActors.Pure.Tests.Protocol;
using EventDrivenActors.Wire.Payloads;

namespace EventDrivenActors.Pure.Tests.Payloads;

public class ValueCatalogueTests
{
    private static readonly PayloadCodec Sender = Wires.Codec([.. ValueCatalogue.Allowed, .. Holders()]);
    private static readonly PayloadCodec Receiver = Wires.Codec([.. Holders(), .. ValueCatalogue.Allowed.Reverse()]);

    public static TheoryData<int, string> Values()
    {
        TheoryData<int, string> data = [];
        foreach ((int index, (string? name, object _)) in ValueCatalogue.All().Index())
        {
            data.Add(index, name);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Values))]
    public void Value_InEveryPlace_ArrivesAsItWas(int index, string name)
    {
        foreach (object sent in Places(ValueCatalogue.All().ElementAt(index).Value))
        {
            object? arrived = Receiver.Read(Sender.Encode(sent));
            Assert.True(
                DeepComparison.Difference(sent, arrived) is not { } difference,
                $"{name} in {sent.GetType()}: {DeepComparison.Difference(sent, arrived)}"
            );
        }
    }

    [Fact]
    public void Values_AllInOnePayload_ArriveAsTheyWere()
    {
        object[] sent = [.. ValueCatalogue.All().Select(pair => pair.Value)];
        Assert.Null(DeepComparison.Difference(sent, Receiver.Read(Sender.Encode(sent))));
        Assert.Null(DeepComparison.Difference(sent.ToList(), Receiver.Read(Sender.Encode(sent.ToList()))));
    }

    [Fact]
    public void Object_InTwoArguments_StaysOne()
    {
        Circle one = new(1);
        object?[] back = (object?[])
            Receiver.Read(
                Sender.Encode(
                    new object?[]
                    {
                        one,
                        new object?[] { one },
                        new List<Circle> { one },
                    }
                )
            )!;
        Assert.Same(back[0], ((object?[])back[1]!)[0]);
        Assert.Same(back[0], ((List<Circle>)back[2]!)[0]);
    }

    [Fact]
    public void CollectionWithAComparer_GoesOnUsingIt()
    {
        Dictionary<string, int> map =
            (Dictionary<string, int>)
                Receiver.Read(
                    Sender.Encode(new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase) { ["A"] = 1 })
                )!;
        Assert.Equal(1, map["a"]);
        SortedSet<string> set =
            (SortedSet<string>)Receiver.Read(Sender.Encode(new SortedSet<string>(new ByLength()) { "ccc", "a" }))!;
        Assert.False(set.Add("b"));
    }

    [Fact]
    public void KeyThatRefersBack_IsFoundWhereItIsRead()
    {
        Keyed keyed = new("k");
        keyed.Index[keyed] = 1;
        Keyed back = (Keyed)Receiver.Read(Sender.Encode(keyed))!;
        Assert.Equal(1, back.Index[back]);
        Assert.Equal(1, back.Index[new Keyed("k")]);
    }

    private static IEnumerable<object> Places(object value)
    {
        yield return value;
        yield return new object?[] { value, value };
        yield return new List<object?> { value, null, value };
        yield return new Dictionary<string, object?> { ["a"] = value, ["b"] = value };
        yield return new Holder<int> { Boxed = value };
        yield return Typed(typeof(Holder<>), value);
        Array array = Array.CreateInstance(Declared(value), 2);
        array.SetValue(value, 1);
        yield return array;
        yield return Activator.CreateInstance(
            typeof(KeyValuePair<,>).MakeGenericType(typeof(int), Declared(value)),
            7,
            value
        )!;
    }

    // The type that a program would declare, where the object is of one that it cannot name.
    private static Type Declared(object value)
    {
        Type type = value.GetType();
        return value is StringComparer ? typeof(StringComparer)
            : type.Name is "StringEqualityComparer" or "GenericComparer`1" ? type.BaseType!
            : type.Namespace == "System.Collections.Frozen" || value is IPAddress ? PublicBase(type)
            : type;
    }

    private static Type PublicBase(Type type) =>
        type.IsNotPublic || type.IsNestedPrivate || type.IsNested ? PublicBase(type.BaseType!) : type;

    private static object Typed(Type definition, object value)
    {
        Type type = definition.MakeGenericType(Declared(value));
        object made = Activator.CreateInstance(type)!;
        type.GetProperty("Value")!.SetValue(made, value);
        type.GetProperty("Boxed")!.SetValue(made, value);
        return made;
    }

    private static IEnumerable<Type> Holders() =>
        ValueCatalogue.All().Select(pair => typeof(Holder<>).MakeGenericType(Declared(pair.Value)));
}
