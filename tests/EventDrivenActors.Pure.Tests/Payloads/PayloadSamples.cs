using System.Collections.Immutable;

namespace EventDrivenActors.Pure.Tests.Payloads;

internal enum Colour : byte
{
    Red,
    Green,
    Blue,
}

internal interface IShape;

internal sealed record Circle(double Radius) : IShape;

internal sealed record Line(string Item, int Count, decimal Price);

internal readonly record struct Point(int X, int Y);

internal struct Pair
{
    public string? Name;
    public Line? Line;
}

internal abstract class Entity
{
    private readonly Guid _id = Guid.NewGuid();
    protected string? Note;

    public Guid Id => _id;

    public string? NoteText => Note;

    public void Write(string note) => Note = note;
}

internal sealed class Order : Entity
{
    public required string Customer { get; init; }

    public List<Line> Lines { get; init; } = [];

    public Dictionary<string, Line> Index { get; init; } = [];

    public Colour Colour { get; set; }

    public Point? Where { get; set; }

    public ImmutableList<int> Numbers { get; init; } = [];

    public Action? Callback { get; set; }

    public object? Extra { get; set; }

    public IShape? Shape { get; set; }
}

internal sealed class Link
{
    public int Number { get; set; }

    public Link? Next { get; set; }
}

internal sealed record RecordLink(int Number)
{
    public RecordLink? Next { get; set; }
}

internal sealed class Mutable(int value)
{
    public int Value { get; set; } = value;

    public override bool Equals(object? obj) => obj is Mutable other && other.Value == Value;

    public override int GetHashCode() => Value;
}

internal sealed class Gadget
{
    public object? ObjectInstance { get; set; }

    public string MethodName { get; set; } = "";
}

internal struct Place
{
    public System.Numerics.Vector3 Vector { get; set; }
}
