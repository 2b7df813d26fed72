using System.Reflection;
using EventDrivenActors.Wire.Protocol;

namespace EventDrivenActors.Pure.Tests.Protocol;

public class MethodReferenceTests
{
    private readonly int _field = 7;

    [Fact]
    public void StaticMethod_RoundTripsAndRuns() => Assert.Equal(5, Run<Func<int, int>>(Twice)(2) + 1);

    [Fact]
    public void Overloads_AreToldApartBySignature()
    {
        Assert.Equal("int", Run<Func<int, string>>(Over)(1));
        Assert.Equal("text", Run<Func<string, string>>(Over)("a"));
        Assert.Equal("list", Run<Func<List<string>, string>>(Over)([]));
        Assert.Equal("array", Run<Func<int[], string>>(Over)([]));
    }

    [Fact]
    public void GenericMethod_OfAGenericType_RoundTripsAndRuns() =>
        Assert.Equal("String Int32", Run<Func<List<int>, string>>(Holder<string>.Name)([]));

    [Fact]
    public void Lambda_WithoutCaptures_RoundTripsAndRuns() => Assert.Equal(6, Run((int n) => n * 3)(2));

    [Fact]
    public void Lambda_InAGenericMethod_RoundTripsAndRuns() =>
        Assert.Equal(nameof(String), Run(MakeLambda<string>())());

    [Fact]
    public void StaticLambda_RoundTripsAndRuns() => Assert.Equal(4, Run(static (int n) => n + n)(2));

    [Fact]
    public async Task AsyncLambda_RoundTripsAndRuns() =>
        Assert.Equal(
            3,
            await Run(
                async (int n) =>
                {
                    await Task.Yield();
                    return n;
                }
            )(3)
        );

    [Fact]
    public void LocalFunction_WithoutCaptures_RoundTripsAndRuns()
    {
        Assert.Equal(9, Run<Func<int, int>>(Square)(3));

        int Square(int n) => n * n;
    }

    [Fact]
    public void References_ToTheSameMethod_AreEqual()
    {
        Assert.Equal(MethodReference.From((Func<int, int>)Twice), MethodReference.From((Func<int, int>)Twice));
        Assert.Equal(
            MethodReference.From((Func<int, int>)Twice).GetHashCode(),
            MethodReference.From((Func<int, int>)Twice).GetHashCode()
        );
        Assert.NotEqual(
            MethodReference.From((Func<int, string>)Over),
            MethodReference.From((Func<string, string>)Over)
        );
    }

    [Fact]
    public void CapturedVariables_AreRefusedByName()
    {
        int count = 3;
        string label = "x";
        string error = Refused(() => label + count);
        Assert.Contains("'count' of type 'System.Int32'", error);
        Assert.Contains("'label' of type 'System.String'", error);
        Assert.Contains("make it static, or pass the value as an argument", error);
    }

    [Fact]
    public void CapturedVariables_OfAnOuterScope_AreRefusedByName()
    {
        int outer = 1;
        for (int i = 0; i < 1; i++)
        {
            int inner = i;
            Assert.Contains("'outer'", Refused(() => outer + inner));
            Assert.Contains("'inner'", Refused(() => outer + inner));
        }
    }

    [Fact]
    public void CapturedThis_IsRefusedNamingItsType()
    {
        Assert.Contains($"'this' of type '{typeof(MethodReferenceTests)}'", Refused(() => _field));
        int other = 1;
        Assert.Contains($"'this' of type '{typeof(MethodReferenceTests)}'", Refused(() => _field + other));
    }

    [Fact]
    public void InstanceMethod_IsRefusedNamingItsInstance() =>
        Assert.Contains($"'Instance' belongs to an instance of '{typeof(MethodReferenceTests)}'", Refused(Instance));

    [Fact]
    public void ExtensionMethod_BoundToAValue_IsRefused() =>
        Assert.Contains("is bound to a value of type 'System.String'", Refused("text".Shout));

    [Fact]
    public void CombinedDelegate_IsRefused() =>
        Assert.Contains("combines 2 methods", Refused((Action)(() => { }) + (() => { })));

    [Fact]
    public void CompiledExpression_IsRefused()
    {
        System.Linq.Expressions.Expression<Func<int>> expression = () => 1;
        Assert.Throws<ArgumentException>(() => MethodReference.From(expression.Compile()));
    }

    [Theory]
    [InlineData("Nowhere", "X", "Y", "'Nowhere' cannot be loaded")]
    [InlineData("", "X", "Y", "cannot be loaded")]
    [InlineData("EventDrivenActors.Pure.Tests", "No.Such", "Y", "no type 'No.Such'")]
    [InlineData("EventDrivenActors.Pure.Tests", "[[[", "Y", "no type '[[['")]
    [InlineData(
        "EventDrivenActors.Pure.Tests",
        "EventDrivenActors.Pure.Tests.Protocol.MethodReferenceTests",
        "Gone",
        "no method 'Gone'"
    )]
    public void Resolve_OfWhatIsNotThere_SaysWhatAndTheRemedy(
        string assembly,
        string type,
        string method,
        string expected
    )
    {
        MethodReferenceException error = Assert.Throws<MethodReferenceException>(() =>
            MethodResolver.Resolve(new(assembly, type, method, [], [], []))
        );
        Assert.Contains(expected, error.Message);
        Assert.Contains("The child runs another build of the assembly", error.Message);
    }

    [Fact]
    public void Resolve_OfAnInstanceMethod_IsRefused()
    {
        MethodReference reference = new MethodReference(
            "EventDrivenActors.Pure.Tests",
            typeof(MethodReferenceTests).FullName!,
            nameof(Instance),
            [],
            [],
            []
        );
        Assert.Contains(
            "needs an instance",
            Assert.Throws<MethodReferenceException>(() => MethodResolver.Resolve(reference)).Message
        );
    }

    [Fact]
    public void Method_OfAnotherLoadContext_IsRefusedNamingItsAssembly()
    {
        Assert.Contains(
            "loaded into a load context of its own",
            Refused(
                (Func<int, int>)
                    Delegate.CreateDelegate(
                        typeof(Func<int, int>),
                        PlugIn().GetMethod(nameof(Twice), BindingFlags.Static | BindingFlags.NonPublic)!
                    )
            )
        );
        Assert.Contains(
            "loaded into a load context of its own",
            Refused(
                typeof(MethodReferenceTests)
                    .GetMethod(nameof(Sized))!
                    .MakeGenericMethod(PlugIn())
                    .CreateDelegate<Func<int>>()
            )
        );
        Assert.Contains(
            "loaded into a load context of its own",
            Assert.Throws<ArgumentException>(() => new RemoteContract(typeof(IDisposable), PlugIn())).Message
        );
    }

    [Fact]
    public void Resolve_OfAnotherBuild_IsRefusedNamingTheAssembly()
    {
        MethodReference method = MethodReference.From((Func<int, int>)Twice);
        MethodReference other = method with { Builds = [$"EventDrivenActors.Pure.Tests {Guid.Empty:N}"] };
        Assert.Contains(
            "another build of the assembly 'EventDrivenActors.Pure.Tests'",
            Assert.Throws<MethodReferenceException>(() => MethodResolver.Resolve(other)).Message
        );
        Assert.Equal(
            typeof(MethodReferenceTests).Module.ModuleVersionId,
            Guid.Parse(Assert.Single(method.Builds).Split(' ')[1])
        );
    }

    [Fact]
    public void CapturedVariables_OfOneBlock_AreOneOfThem()
    {
        int count = 3;
        string label = "x";
        Func<string> other = () => label;
        string error = Refused(() => count);
        Assert.StartsWith("The function captures one of '", error);
        Assert.Contains("'label' of type 'System.String'", error);
        Assert.Equal("x", other());
    }

    [Fact]
    public void CreateDelegate_OfAnotherSignature_IsRefused() =>
        Assert.Throws<MethodReferenceException>(() =>
            MethodResolver.CreateDelegate(
                MethodResolver.Resolve(MethodReference.From((Func<int, int>)Twice)),
                typeof(Action)
            )
        );

    private static T Run<T>(T function)
        where T : Delegate
    {
        byte[] bytes = Wires.Encode(new WireMessage.DefineMethod(1, MethodReference.From(function)));
        WireMessage.DefineMethod define = Assert.IsType<WireMessage.DefineMethod>(MessageCodec.Decode(bytes));
        Assert.Equal(MethodReference.From(function), define.Method);
        return (T)MethodResolver.CreateDelegate(MethodResolver.Resolve(define.Method), typeof(T));
    }

    public static int Sized<T>() => 1;

    // Loaded once more, as an application does with the second version of a plug-in.
    private static Type PlugIn() =>
        new System.Runtime.Loader.AssemblyLoadContext("plug-in")
            .LoadFromAssemblyPath(typeof(MethodReferenceTests).Assembly.Location)
            .GetType(typeof(MethodReferenceTests).FullName!)!;

    private static string Refused(Delegate function) =>
        Assert.Throws<ArgumentException>(() => MethodReference.From(function)).Message;

    private static int Twice(int n) => n * 2;

    private static string Over(int n) => "int";

    private static string Over(string s) => "text";

    private static string Over<T>(List<T> list) => "list";

    private static string Over(int[] array) => "array";

    private static Func<string> MakeLambda<T>() => () => typeof(T).Name;

    private int Instance() => _field;

    private static class Holder<T>
    {
        public static string Name<TItem>(List<TItem> list) => $"{typeof(T).Name} {typeof(TItem).Name}";
    }
}

internal static class Shouting
{
    public static string Shout(this string text) => text.ToUpperInvariant();
}
