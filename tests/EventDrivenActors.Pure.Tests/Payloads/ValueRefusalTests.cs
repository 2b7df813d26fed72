using System.Collections;
using System.Collections.Immutable;
using System.Collections.ObjectModel;
using System.Dynamic;
using System.Globalization;
using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.Loader;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using EventDrivenActors.Pure.Tests.Protocol;
using EventDrivenActors.Wire.Payloads;

namespace EventDrivenActors.Pure.Tests.Payloads;

public class ValueRefusalTests
{
    private static readonly PayloadCodec Codec = Wires.Codec(
        typeof(Holder<int>),
        typeof(WithEvent),
        typeof(TitledMap),
        typeof(Handle),
        typeof(Pointer),
        typeof(Rope<int>),
        typeof(Ping<int>),
        typeof(Fork<int>),
        typeof(Line)
    );

    public static TheoryData<string, object, string> Refused =>
        new()
        {
            { "iterator", Numbers(), "call ToList() and send the list." },
            { "query", new[] { 1, 2 }.Where(n => n > 1), "call ToList() and send the list." },
            { "range", Enumerable.Range(0, 9), "call ToList() and send the list." },
            {
                "keys",
                new Dictionary<string, int> { ["a"] = 1 }.Keys,
                "call ToList() and send the list."
            },
            { "view", new SortedSet<int> { 1, 2, 3 }.GetViewBetween(1, 2), "call ToList() and send the list." },
            {
                "lookup",
                new[] { 1, 2 }.ToLookup(n => n % 2),
                "ToDictionary(group => group.Key, group => group.ToList())."
            },
            { "grouping", new[] { 1, 2 }.GroupBy(n => n % 2).First(), "send its Key and its elements, ToList()." },
            { "builder", ImmutableList.CreateBuilder<int>(), "call ToList() and send the list." },
            {
                "array list",
                new ArrayList { 1 },
                "Cast<object>().ToList()."
            },
            {
                "JSON element",
                JsonDocument.Parse("{}").RootElement,
                "send its text, GetRawText(), and parse it in the handler."
            },
            { "JSON document", JsonDocument.Parse("{}"), "RootElement.GetRawText()" },
            { "JSON object", new JsonObject(), "ToJsonString()" },
            { "expando", new ExpandoObject(), "send a Dictionary<string, object> of its members." },
            { "culture", CultureInfo.InvariantCulture, "send its Name." },
            { "time zone", TimeZoneInfo.Utc, "send its Id." },
            { "encoding", Encoding.UTF8, "send its WebName." },
            { "regex", new Regex("a"), "send its pattern" },
            { "lazy", new Lazy<int>(1), "send its Value." },
            { "weak", new WeakReference(1), "send its Target." },
            { "weak of a type", new WeakReference<string>("a"), "send its target." },
            { "delegate", new Action(() => { }), "name the function in the handler." },
            { "list of delegates", new List<Action>(), "name the function in the handler." },
            { "exception", new InvalidOperationException("x"), "send its Message." },
            { "type", typeof(string), "send its AssemblyQualifiedName." },
            { "task", Task.FromResult(1), "await it and send its result." },
            { "value task", new ValueTask<int>(1), "await it and send its result." },
            { "stream", new MemoryStream(), "send its bytes." },
            { "random", new Random(1), "send a seed and make one in the handler." },
            { "number of a handle", (nint)1, "send a long." },
            { "field with a handle", new Handle(), "is a native pointer" },
            { "field with a pointer", new Pointer(), "is a native pointer" },
            {
                "read-only view of an observable",
                new ReadOnlyObservableCollection<int>([1]),
                "call ToList() and send the list."
            },
            {
                "class of a dictionary",
                new TitledMap { ["a"] = 1 },
                "hold a Dictionary<string, int> in a field instead"
            },
            { "anonymous", new { A = 1 }, "send a record or a tuple." },
            { "generic", new Holder<string>(), "allow the type with AllowType<Holder<string>>()." },
            { "array of a type", new Gadget[1, 1], "allow the type with AllowType<Gadget>()." },
            { "enum", ConsoleColor.Red, "allow the type with AllowType<ConsoleColor>()." },
            { "list of an interface", new List<IShape>(), "allow the type with AllowType<IShape>()." },
            {
                "derived",
                new Square(1),
                "allow the type with AllowType<Square>(), or all that derive from Figure with AllowDerived<Figure>()."
            },
            {
                "culture comparer",
                new HashSet<string>(StringComparer.Create(CultureInfo.InvariantCulture, CompareOptions.IgnoreSymbols)),
                "use StringComparer.Ordinal, OrdinalIgnoreCase, InvariantCulture"
            },
            {
                "made comparer",
                new SortedSet<int>(Comparer<int>.Create((a, b) => b - a)),
                "a comparer class of your own that is allowed with AllowType."
            },
            { "own comparer", new HashSet<string>(new ByLength()), "allow it with AllowType<ByLength>()." },
            {
                "endless",
                new Rope<int> { Value = 1 },
                "expands without end"
            },
            {
                "endless in turns",
                new Ping<int> { Value = 1 },
                "expands without end"
            },
            { "endless in two ways", new Fork<int>(), "expands without end" },
            { "array of an endless type", new Rope<int>[1], "expands without end" },
            { "immutable that holds itself", Itself(), "send a mutable collection" },
            { "type of another load context", Elsewhere(), "reference its assembly from the application" },
            { "type made at run time", Generated(), "reference its assembly from the application" },
        };

    [Theory]
    [MemberData(nameof(Refused))]
    public void Value_ThatWouldNotArriveAsItWas_IsRefusedWithARemedy(string name, object value, string remedy)
    {
        foreach (
            object sent in new[]
            {
                value,
                new List<object?> { value },
                new Holder<int> { Boxed = value },
                new object?[] { value },
                new Dictionary<string, object> { ["a"] = value },
            }
        )
        {
            PayloadException refused = Assert.Throws<PayloadException>(() => Codec.Encode(sent));
            Assert.True(refused.Message.Contains(remedy, StringComparison.Ordinal), $"{name}: {refused.Message}");
            Assert.DoesNotContain("<>", refused.Message, StringComparison.Ordinal);
            Assert.EndsWith(".", refused.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void TypeOfTheFramework_ThatASignatureNames_IsRefusedByItsOwnRemedy()
    {
        PayloadCodec codec = Wires.Codec(typeof(JsonElement), typeof(CultureInfo), typeof(Lazy<int>));
        Assert.Contains(
            "JsonElement, which cannot cross to another process; send its text, GetRawText()",
            Assert.Throws<PayloadException>(() => codec.Encode(JsonDocument.Parse("[1]").RootElement)).Message
        );
        Assert.Contains(
            "send its Name.",
            Assert.Throws<PayloadException>(() => codec.Encode(CultureInfo.InvariantCulture)).Message
        );
        Assert.Contains(
            "send its Value.",
            Assert.Throws<PayloadException>(() => codec.Encode(new Lazy<int>(1))).Message
        );
    }

    [Fact]
    public void Remedies_FollowedAsWritten_Work()
    {
        Crosses(Numbers().ToList());
        Crosses(new[] { 1, 2 }.ToLookup(n => n % 2).ToDictionary(group => group.Key, group => group.ToList()));
        Crosses(
            new ArrayList { 1, "x" }
                .Cast<object>()
                .ToList()
        );
        Crosses(JsonDocument.Parse("{\"a\":1}").RootElement.GetRawText());
        Crosses((object)(A: 1, B: 2));
        Crosses(new Holder<string> { Value = "a" }, typeof(Holder<string>));
        Crosses(new Gadget[1, 1], typeof(Gadget));
        Crosses(new List<IShape>(), typeof(IShape));
        Crosses(ConsoleColor.Red, typeof(ConsoleColor));
        Crosses(new HashSet<string>(new ByLength()) { "a" }, typeof(ByLength));
        Crosses(new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "a" });
    }

    [Fact]
    public void AllowDerived_LetsAllThatDeriveCross()
    {
        SubprocessOptions options = new SubprocessOptions().AllowDerived<Figure>();
        Assert.Contains(typeof(Square), options.AllowedTypes);
        Assert.DoesNotContain(typeof(Dog), options.AllowedTypes);
        Crosses(new Holder<int> { Boxed = new Square(2) }, [typeof(Holder<int>), .. options.AllowedTypes]);
        Crosses(new List<Animal> { new Dog("a", 1), new Cat("b", true) }, typeof(Animal));
    }

    [Fact]
    public void Limit_InItsMessage_SaysHowFarItCanBeRaised()
    {
        string message = Assert
            .Throws<PayloadException>(() => new PayloadCodec(Wires.Filter(), 100).Encode(new byte[101]))
            .Message;
        Assert.Contains("send it in parts, or raise MaxPayloadBytes, which may be up to 1073741824.", message);
        SubprocessOptions options = new() { MaxPayloadBytes = 1_073_741_824 };
        options.Validate();
        options.MaxPayloadBytes++;
        Assert.Contains("1 GiB", Assert.Throws<ArgumentException>(options.Validate).Message);
    }

    [Fact]
    public void Event_WithListeners_IsRefusedByItsName()
    {
        WithEvent source = new();
        source.Changed += (_, _) => { };
        Assert.StartsWith(
            "value.Changed is a System.EventHandler, which cannot cross",
            Assert.Throws<PayloadException>(() => Codec.Encode(source)).Message
        );
    }

    [Fact]
    public void Path_ThroughWrappers_NamesNoFieldsOfTheFramework()
    {
        List<object> value = new List<object>
        {
            new Collection<object>
            {
                1,
                new ReadOnlyDictionary<string, object>(new Dictionary<string, object> { ["k"] = new Gadget() }),
            },
        };
        Assert.StartsWith(
            $"value[0][1][k] is a {typeof(Gadget)}",
            Assert.Throws<PayloadException>(() => Codec.Encode(value)).Message
        );
    }

    [Fact]
    public void Types_ThatGrowButEnd_AreAllowed()
    {
        Crosses(new Swap<int, string> { Other = new() }, typeof(Swap<int, string>));
        Crosses(((1, (2, (3, (4, (5, (6, (7, (8, (9, (10, (11, "x"))))))))))), 1));
        Crosses(new List<List<List<List<List<List<List<List<List<List<string>>>>>>>>>> { new() });
        object wide = Tuple.Create(1);
        for (int i = 0; i < 40; i++)
        {
            wide = typeof(KeyValuePair<,>)
                .MakeGenericType(typeof(int), wide.GetType())
                .GetConstructors()[0]
                .Invoke([i, wide]);
        }

        Crosses(wide);
    }

    private static void Crosses(object value, params Type[] allowed) =>
        Assert.Null(DeepComparison.Difference(value, Wires.Codec(allowed).Read(Wires.Codec(allowed).Encode(value))));

    private static IEnumerable<int> Numbers()
    {
        yield return 1;
    }

    private static ImmutableList<object> Itself()
    {
        object[] inner = [0];
        ImmutableList<object> list = [inner];
        inner[0] = list;
        return list;
    }

    private static object Elsewhere()
    {
        AssemblyLoadContext other = new("plug-in", isCollectible: false);
        return Activator.CreateInstance(
            other.LoadFromAssemblyPath(typeof(Gadget).Assembly.Location).GetType(typeof(Gadget).FullName!)!,
            nonPublic: true
        )!;
    }

    private static object Generated() =>
        Activator.CreateInstance(
            AssemblyBuilder
                .DefineDynamicAssembly(new AssemblyName("Generated"), AssemblyBuilderAccess.Run)
                .DefineDynamicModule("m")
                .DefineType("Made", TypeAttributes.Public)
                .CreateType()
        )!;
}
