using System.Collections.ObjectModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text.Json.Serialization;

namespace EventDrivenActors.Pure.Tests.Payloads;

internal enum SByteEnum : sbyte
{
    Least = sbyte.MinValue,
    Most = sbyte.MaxValue,
}

internal enum ShortEnum : short
{
    Least = short.MinValue,
}

internal enum UShortEnum : ushort
{
    Most = ushort.MaxValue,
}

internal enum UIntEnum : uint
{
    Most = uint.MaxValue,
}

internal enum LongEnum : long
{
    Least = long.MinValue,
}

internal enum ULongEnum : ulong
{
    Most = ulong.MaxValue,
}

internal sealed class Tree(string root)
{
    private readonly string _syncRoot = root;

    public string Root => _syncRoot;
}

internal sealed class Purse
{
    private readonly object _syncRoot = new();
    private readonly Lock _lock = new();

    public int Coins { get; set; } = 3;

    public object SyncRoot => _syncRoot;

    public Lock Lock => _lock;
}

internal unsafe struct FixedText
{
    public int Length;
    public fixed char Text[8];
}

internal sealed class FixedHolder
{
    public FixedText Text;
    public string Name = "";
}

[InlineArray(4)]
internal struct FourInts
{
    private int _first;
}

[InlineArray(3)]
internal struct ThreeTexts
{
    private string? _first;
}

internal struct InlineHolder
{
    public ThreeTexts Texts;
    public FourInts Numbers;
}

[StructLayout(LayoutKind.Explicit)]
internal struct Overlap
{
    [FieldOffset(0)]
    public int Whole;

    [FieldOffset(0)]
    public byte Low;

    [FieldOffset(8)]
    public double Number;
}

[StructLayout(LayoutKind.Sequential, Size = 64)]
internal struct Padded
{
    public byte First;
}

internal readonly record struct Money(decimal Amount, string Currency);

internal class Base
{
    private int _secret = 7;

    public int BaseSecret
    {
        get => _secret;
        set => _secret = value;
    }
}

internal sealed class Derived : Base
{
    private int _secret = 8;

    public int DerivedSecret
    {
        get => _secret;
        set => _secret = value;
    }
}

internal sealed class WithEvent
{
    public event EventHandler? Changed;

    public int Number { get; set; }

    public void Raise() => Changed?.Invoke(this, EventArgs.Empty);
}

internal sealed class Family
{
    public string Name { get; set; } = "";

    public Family? Parent { get; set; }

    public HashSet<Family> Children { get; } = [];
}

internal sealed record Keyed(string Name)
{
    public Dictionary<Keyed, int> Index { get; } = [];

    public bool Equals(Keyed? other) => other is not null && other.Name == Name;

    public override int GetHashCode() => Name.GetHashCode(StringComparison.Ordinal);
}

internal sealed class ByLength : IEqualityComparer<string>, IComparer<string>
{
    public bool Equals(string? x, string? y) => x?.Length == y?.Length;

    public int GetHashCode(string obj) => obj.Length;

    public int Compare(string? x, string? y) => (x?.Length ?? 0).CompareTo(y?.Length ?? 0);
}

internal sealed class TitledList : List<int>
{
    public string Title { get; set; } = "";
}

internal sealed class TitledMap : Dictionary<string, int>
{
    public string Title { get; set; } = "";
}

internal sealed class ByName : KeyedCollection<string, Circle>
{
    protected override string GetKeyForItem(Circle item) => $"{item.Radius}";
}

internal sealed record Basket(
    string Id,
    IReadOnlyList<string> Lines,
    IEnumerable<int> Numbers,
    IReadOnlyCollection<object> Things
);

[JsonDerivedType(typeof(Dog))]
[JsonDerivedType(typeof(Cat), "cat")]
internal abstract record Animal(string Name);

internal sealed record Dog(string Name, int Age) : Animal(Name);

internal sealed record Cat(string Name, bool IsBlack) : Animal(Name);

internal abstract record Figure;

internal sealed record Square(double Side) : Figure;

internal sealed class Holder<T>
{
    public T? Value { get; set; }

    public object? Boxed { get; set; }
}

internal sealed class Rope<T>
{
    public T? Value { get; set; }

    public Rope<T[]>? Deeper { get; set; }
}

internal sealed class Ping<T>
{
    public T? Value { get; set; }

    public Pong<List<T>>? Other { get; set; }
}

internal sealed class Pong<T>
{
    public Ping<T>? Other { get; set; }
}

internal sealed class Fork<T>
{
    public Fork<(T, T, T)>? Left { get; set; }

    public Fork<T[]>? Right { get; set; }
}

internal sealed class Swap<TLeft, TRight>
{
    public Swap<TRight, TLeft>? Other { get; set; }
}

internal sealed class Handle
{
    public nint Value { get; set; } = 1;
}

internal sealed unsafe class Pointer
{
    public int* Value { get; set; }
}
