namespace EventDrivenActors.Subprocess.Tests.Children;

public enum Colour
{
    Red,
    Green,
}

public sealed record Point(int X, int Y);

public sealed record Line(string Name, Point From, Point? To, List<Point> Between);

/// <summary>May cross; what is in it may not.</summary>
public sealed record Holder(object? Content);

/// <summary>No signature and no option names it.</summary>
public sealed record Unlisted(int Number);
