using System.Diagnostics;
using System.Linq.Expressions;
using EventDrivenActors.Pure.Tests.Protocol;
using EventDrivenActors.Wire.Payloads;

namespace EventDrivenActors.Pure.Tests.Payloads;

public class TypeFilterTests
{
    public static TheoryData<Type> Gadgets =>
        new(
            typeof(Action),
            typeof(Func<int>),
            typeof(Type),
            typeof(System.Reflection.MethodInfo),
            typeof(Expression<Action>),
            typeof(Task),
            typeof(Task<int>),
            typeof(FileInfo),
            typeof(FileStream),
            typeof(Process),
            typeof(Exception),
            typeof(IntPtr),
            typeof(int*),
            typeof(Span<int>),
            typeof(Thread),
            typeof(Microsoft.Win32.SafeHandles.SafeFileHandle),
            typeof(CancellationToken),
            typeof(List<Action>),
            typeof(FileInfo[]),
            typeof(Dictionary<string, Type>),
            typeof(Action[,]),
            typeof(nint[])
        );

    public static TheoryData<object> Foreign =>
        new()
        {
            new FileInfo("/tmp/x"),
            new Process(),
            new Gadget(),
            (Action)(() => { }),
            typeof(string),
            new InvalidOperationException(),
            new MemoryStream(),
            new List<Gadget>(),
            new Gadget[1],
            new List<object> { new Gadget() },
            new Dictionary<string, object> { ["a"] = new FileInfo("/x") },
            Expression.Constant(1),
            Task.CompletedTask,
            new WeakReference(1),
            new System.Collections.ArrayList(),
            new System.Text.RegularExpressions.Regex("a"),
            new object[] { new Gadget() },
            ConsoleColor.Red,
            new ConsoleColor[1],
            new List<Action>(),
            new Gadget[1, 1],
            new Lazy<int>(1),
            new Random(1),
        };

    [Theory]
    [MemberData(nameof(Gadgets))]
    public void Filter_EvenWhenAsked_NeverAllows(Type type) => Assert.False(new TypeFilter().Allow(type));

    [Theory]
    [MemberData(nameof(Foreign))]
    public void Value_ThatWasNotAllowed_IsRefusedWhenWritten_AndNothingIsWritten(object value)
    {
        System.Buffers.ArrayBufferWriter<byte> writer = new System.Buffers.ArrayBufferWriter<byte>();
        PayloadException error = Assert.Throws<PayloadException>(() => Wires.Codec(typeof(Order)).Write(writer, value));
        Assert.Equal(0, writer.WrittenCount);
        Assert.EndsWith(".", error.Message);
    }

    [Fact]
    public void Allow_ReachesPrivateBaseGenericAndElementTypes_ButNotImplementations()
    {
        TypeFilter filter = Wires.Filter(typeof(IReadOnlyDictionary<string, Order[]>));
        Assert.True(filter.IsAllowed(typeof(Order)));
        Assert.True(filter.IsAllowed(typeof(Line)));
        Assert.True(filter.IsAllowed(typeof(Colour)));
        Assert.True(filter.IsAllowed(typeof(Dictionary<string, List<Line[]>>)));
        Assert.True(filter.IsAllowed(typeof(List<IShape>)));
        Assert.False(filter.IsAllowed(typeof(Circle)));
        Assert.False(filter.IsAllowed(typeof(IShape)));
        Assert.False(filter.IsAllowed(typeof(Entity)));
        Assert.False(filter.IsAllowed(typeof(Link)));
    }

    [Fact]
    public void Refusal_NamesTheMemberPathAndTheRemedy()
    {
        Order order = new Order { Customer = "a", Callback = () => { } };
        Dictionary<string, object> box = new Dictionary<string, object>
        {
            ["main"] = new List<Order>
            {
                new() { Customer = "b" },
                order,
            },
        };
        PayloadException error = Assert.Throws<PayloadException>(() =>
            Wires.RoundTrip(Wires.Codec(typeof(Order)), box)
        );
        Assert.StartsWith("value[main][1].Callback is a System.Action, which cannot cross", error.Message);

        order.Callback = null;
        order.Extra = new Gadget();
        error = Assert.Throws<PayloadException>(() => Wires.RoundTrip(Wires.Codec(typeof(Order)), order));
        Assert.StartsWith($"value.Extra is a {typeof(Gadget)}, which is not allowed", error.Message);
        Assert.Contains("AllowType<Gadget>()", error.Message);
    }

    [Fact]
    public void ClassBehindAnInterface_TravelsOnlyWhenItIsAllowedItself()
    {
        Order order = new Order { Customer = "a", Shape = new Circle(1) };
        Assert.Throws<PayloadException>(() => Wires.RoundTrip(Wires.Codec(typeof(Order)), order));
        Assert.Equal(new Circle(1), ((Order)Wires.RoundTrip(Wires.Codec(typeof(Order), typeof(Circle)), order)!).Shape);
    }

    [Fact]
    public void Struct_OfTheFrameworkThatIsNothingButData_CrossesInAField()
    {
        List<Place> value = new List<Place> { new() { Vector = new(1, 2, 3) } };
        Assert.Equal(value, Wires.RoundTrip(Wires.Codec(typeof(Place)), value));
    }

    [Fact]
    public void Bytes_OfATypeThatTheReaderDoesNotAllow_AreRefused()
    {
        Gadget gadget = new Gadget { ObjectInstance = new Gadget(), MethodName = "Start" };
        byte[] bytes = Wires.Encode(Wires.Codec(typeof(Gadget)), gadget);
        Assert.Contains(
            "is not allowed to cross",
            Assert.Throws<PayloadException>(() => Wires.Codec().Read(bytes)).Message
        );

        byte[] nested = Wires.Encode(Wires.Codec(typeof(Gadget)), new List<object> { gadget });
        Assert.Throws<PayloadException>(() => Wires.Codec().Read(nested));
        Assert.Throws<PayloadException>(() =>
            Wires.Codec().Read(Wires.Encode(Wires.Codec(typeof(Colour)), Colour.Red))
        );
    }

    [Theory]
    [InlineData("System.IO.FileInfo, System.Private.CoreLib")]
    [InlineData(
        "System.Collections.Generic.List`1[[System.IO.FileInfo, System.Private.CoreLib]], System.Private.CoreLib"
    )]
    [InlineData("System.Collections.Generic.List`1, System.Private.CoreLib")]
    [InlineData("System.Nullable`1[[System.String, System.Private.CoreLib]], System.Private.CoreLib")]
    [InlineData("System.Int32&, System.Private.CoreLib")]
    [InlineData("System.Int32*, System.Private.CoreLib")]
    [InlineData("System.IO.FileInfo[,], System.Private.CoreLib")]
    [InlineData("System.Int32")]
    [InlineData("[[[[")]
    [InlineData("")]
    public void Name_ThatIsNoAllowedType_ResolvesToNothing(string name) => Assert.Null(new TypeFilter().Resolve(name));

    [Fact]
    public void Name_OfAnAllowedType_ResolvesWithAndWithoutVersions()
    {
        TypeFilter filter = Wires.Filter(typeof(Line));
        foreach (
            Type? type in new[]
            {
                typeof(Line),
                typeof(List<Line>),
                typeof(Dictionary<string, Line[]>[]),
                typeof((int, Line)),
            }
        )
        {
            Assert.Equal(type, filter.Resolve(type.AssemblyQualifiedName!));
            Assert.Equal(type, filter.Resolve(WireTypeName.Of(type)));
        }
    }
}
