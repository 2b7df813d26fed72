using System.Reflection;
using EventDrivenActors.Wire.Protocol;

namespace EventDrivenActors.Pure.Tests.Protocol;

public class RemoteContractTests
{
    [Fact]
    public void Contract_KnowsItsOwnAndInheritedMembers()
    {
        RemoteContract contract = new(typeof(IGood), typeof(Good));

        Assert.Equal(typeof(int), contract.Find(Of<IGood>(nameof(IGood.SumAsync))).Result);
        Assert.True(contract.Find(Of<IGood>(nameof(IGood.SumAsync))).IsAsync);
        Assert.Equal(typeof(void), contract.Find(Of<IBase>(nameof(IBase.Inherited))).Result);
        Assert.False(contract.Find(Of<IBase>(nameof(IBase.Inherited))).IsAsync);
        Assert.Contains(typeof(int[]), contract.CrossingTypes);
    }

    [Fact]
    public void GenericMethod_IsFoundAsItIsClosed()
    {
        RemoteContract contract = new(typeof(IGood), typeof(Good));
        MethodInfo closed = typeof(IGood).GetMethod(nameof(IGood.Echo))!.MakeGenericMethod(typeof(string));

        Assert.Equal(typeof(string), contract.Find(MethodReference.Of(closed)).Result);
    }

    [Fact]
    public void Method_OfAnotherType_IsRefused()
    {
        RemoteContract contract = new(typeof(IGood), typeof(Good));
        MethodReference good = Of<IGood>(nameof(IGood.SumAsync));
        MethodReference echo = MethodReference.Of(
            typeof(IGood).GetMethod(nameof(IGood.Echo))!.MakeGenericMethod(typeof(string))
        );
        MethodReference[] strangers =
        [
            Of<Good>(nameof(Good.Own)),
            Of<Good>(nameof(Good.SumAsync)),
            MethodReference.Of(typeof(Environment).GetMethod(nameof(Environment.Exit))!),
            good with
            {
                Method = "Other",
            },
            good with
            {
                ParameterTypes = [],
            },
            good with
            {
                GenericArguments = ["System.Int32, System.Private.CoreLib"],
            },
            echo with
            {
                GenericArguments = ["No.Such, Type"],
            },
            echo with
            {
                GenericArguments = ["System.Action, System.Private.CoreLib"],
                ParameterTypes = ["System.Int32, System.Private.CoreLib"],
            },
        ];

        foreach (MethodReference stranger in strangers)
        {
            Assert.Contains(
                "is no member of the interface",
                Assert.Throws<MethodReferenceException>(() => contract.Find(stranger)).Message
            );
        }
    }

    [Theory]
    [InlineData(typeof(IByRef), "'IByRef.Swap'", "'number'")]
    [InlineData(typeof(IOut), "'IOut.Get'", "'number'")]
    [InlineData(typeof(ISpan), "'ISpan.Take'", "'numbers'")]
    [InlineData(typeof(IRefReturn), "'IRefReturn.Get'", "the result")]
    [InlineData(typeof(IDelegate), "'IDelegate.Run'", "'action'")]
    [InlineData(typeof(IStream), "'IStream.ReadAsync'", "the result")]
    [InlineData(typeof(IProgressing), "'IProgressing.Run'", "'progress'")]
    [InlineData(typeof(IStaticAbstract), "'IStaticAbstract.Make'", "static and abstract")]
    [InlineData(typeof(IEvent), "'Changed'", "event")]
    public void Member_ThatCannotCross_IsNamed(Type refused, string member, string why)
    {
        string message = Assert
            .Throws<ArgumentException>(() => new RemoteContract(refused, typeof(Everything)))
            .Message;

        Assert.Contains(member, message);
        Assert.Contains(why, message);
    }

    [Theory]
    [InlineData(typeof(Good), typeof(Good), "is none")]
    [InlineData(typeof(IGood), typeof(string), "cannot be made as")]
    [InlineData(typeof(IGood), typeof(IGood), "cannot be made as")]
    [InlineData(typeof(IGood), typeof(Hidden), "no public constructor")]
    public void Types_ThatDoNotFit_AreRefused(Type contract, Type implementation, string why) =>
        Assert.Contains(
            why,
            Assert.Throws<ArgumentException>(() => new RemoteContract(contract, implementation)).Message
        );

    [Fact]
    public void Constructor_IsTheBestFit()
    {
        Assert.Equal("int", ((Built)RemoteConstructor.Create(typeof(Built), [1])).By);
        Assert.Equal("long", ((Built)RemoteConstructor.Create(typeof(Built), [1L])).By);
        Assert.Equal("text", ((Built)RemoteConstructor.Create(typeof(Built), ["a"])).By);
        Assert.Equal("text and 5", ((Built)RemoteConstructor.Create(typeof(Built), ["a", (short)5, 'c'])).By);
        Assert.Contains(
            "No constructor",
            Assert.Throws<ArgumentException>(() => RemoteConstructor.Create(typeof(Built), [1, 2])).Message
        );
        Assert.Contains(
            "Several",
            Assert.Throws<ArgumentException>(() => RemoteConstructor.Create(typeof(Twice), [null])).Message
        );
        Assert.Throws<FormatException>(() => RemoteConstructor.Create(typeof(Built), []));
    }

    private static MethodReference Of<T>(string name) => MethodReference.Of(typeof(T).GetMethod(name)!);

    private interface IBase
    {
        void Inherited();
    }

    private interface IGood : IBase, IDisposable
    {
        Task<int> SumAsync(int[] numbers, CancellationToken token);

        T Echo<T>(T value);
    }

    private interface IByRef
    {
        void Swap(ref int number);
    }

    private interface IOut
    {
        bool Get(out int number);
    }

    private interface ISpan
    {
        void Take(ReadOnlySpan<int> numbers);
    }

    private interface IRefReturn
    {
        ref int Get();
    }

    private interface IDelegate
    {
        void Run(Action action);
    }

    private interface IStream
    {
        IAsyncEnumerable<int> ReadAsync();
    }

    private interface IProgressing
    {
        Task Run(IProgress<int> progress);
    }

    private interface IStaticAbstract
    {
        static abstract IStaticAbstract Make();
    }

    private interface IEvent
    {
        event EventHandler? Changed;
    }

    private sealed class Good : IGood
    {
        public void Own() { }

        public void Inherited() { }

        public Task<int> SumAsync(int[] numbers, CancellationToken token) => Task.FromResult(numbers.Sum());

        public T Echo<T>(T value) => value;

        public void Dispose() { }
    }

    private sealed class Hidden : IGood
    {
        private Hidden() { }

        public void Inherited() { }

        public Task<int> SumAsync(int[] numbers, CancellationToken token) => Task.FromResult(0);

        public T Echo<T>(T value) => value;

        public void Dispose() { }
    }

    private sealed class Everything
        : IByRef,
            IOut,
            ISpan,
            IRefReturn,
            IDelegate,
            IStream,
            IProgressing,
            IStaticAbstract,
            IEvent
    {
        private int _number;

        public event EventHandler? Changed
        {
            add { }
            remove { }
        }

        public static IStaticAbstract Make() => new Everything();

        public void Swap(ref int number) { }

        public bool Get(out int number)
        {
            number = 0;
            return false;
        }

        public void Take(ReadOnlySpan<int> numbers) { }

        public ref int Get() => ref _number;

        public void Run(Action action) { }

        public IAsyncEnumerable<int> ReadAsync() => throw new NotSupportedException();

        public Task Run(IProgress<int> progress) => Task.CompletedTask;
    }

    private sealed class Built
    {
        public Built() => throw new FormatException();

        public Built(int number) => By = "int";

        public Built(long number) => By = "long";

        public Built(string text) => By = "text";

        public Built(string text, long number, char sign = 'x') => By = $"text and {number}";

        public string By { get; }
    }

    private sealed class Twice
    {
        public Twice(string text) { }

        public Twice(Uri uri) { }
    }
}
